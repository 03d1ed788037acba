"""Pictures and PDF files that stand for scanned lists, quotations, contracts and site photos in the demo."""

import io
from dataclasses import dataclass
from random import Random
from uuid import UUID

from PIL import Image, ImageDraw, ImageFilter

from xiaolu.access.context import Context
from xiaolu.files.service import store_file
from xiaolu.files.storage import FileStorage

PAGE = (827, 1169)
"""An A4 page at 100 dots per inch."""
KINDS = {
    "needs_list": ("客户需求清单扫描件.jpg", "JPEG"),
    "solution": ("技术方案.pdf", "PDF"),
    "quotation": ("正式报价单.pdf", "PDF"),
    "contract": ("销售合同-双方盖章.pdf", "PDF"),
    "photo": ("现场照片.jpg", "JPEG"),
}
VARIANTS = 3


def draw_page(random: Random, *, stamped: bool) -> Image.Image:
    """Draw a page that looks like a filled-in form: a heading, a table, pen strokes, perhaps a red seal."""
    page = Image.new("RGB", PAGE, (250, 249, 245))
    pen = ImageDraw.Draw(page)
    pen.rectangle((250, 70, 577, 96), fill=(60, 60, 66))
    for row in range(random.randint(14, 20)):
        top = 150 + row * 44
        pen.line((70, top, 757, top), fill=(150, 150, 150))
        start = 90
        for _ in range(random.randint(2, 5)):
            width = random.randint(30, 130)
            pen.rectangle((start, top + 15, min(start + width, 740), top + 26), fill=(90, 92, 110))
            start += width + random.randint(15, 60)
    for column in (70, 200, 520, 757):
        pen.line((column, 150, column, 150 + 20 * 44), fill=(170, 170, 170))
    x, y = 520.0, 1060.0
    for _ in range(60):
        x, y, before = x + random.uniform(1, 4), y + random.uniform(-9, 9), (x, y)
        pen.line((*before, x, y), fill=(30, 40, 120), width=2)
    if stamped:
        for radius in (78, 75, 72):
            pen.ellipse((600 - radius, 960 - radius, 600 + radius, 960 + radius), outline=(205, 40, 40))
        pen.regular_polygon((600, 960, 26), 5, fill=(205, 40, 40))
    return page.rotate(random.uniform(-1.2, 1.2), fillcolor=(238, 236, 230))


def draw_site(random: Random) -> Image.Image:
    """Draw a workshop: floor, wall, a few machines."""
    photo = Image.new("RGB", (1280, 960), (178, 190, 200))
    pen = ImageDraw.Draw(photo)
    pen.rectangle((0, 620, 1280, 960), fill=(120, 124, 122))
    for _ in range(random.randint(3, 6)):
        left, width, height = random.randint(0, 1050), random.randint(140, 320), random.randint(160, 360)
        colour = random.choice(((222, 140, 40), (60, 96, 150), (90, 130, 90), (200, 200, 196)))
        pen.rectangle((left, 700 - height, left + width, 720), fill=colour)
        pen.rectangle((left + 18, 720 - height, left + width // 2, 760 - height), fill=(36, 42, 48))
    pen.rectangle((0, 610, 1280, 622), fill=(235, 200, 60))
    return photo.filter(ImageFilter.GaussianBlur(2))


def make_paper(kind: str, seed: int) -> bytes:
    """Return the bytes of one paper of a kind."""
    random = Random(f"{kind}{seed}")
    image = draw_site(random) if kind == "photo" else draw_page(random, stamped=kind == "contract")
    buffer = io.BytesIO()
    image.save(buffer, KINDS[kind][1], quality=60)
    return buffer.getvalue()


@dataclass(slots=True)
class Papers:
    """Uploads of each member, made once and attached to several leads: it is a demo."""

    storage: FileStorage
    contents: dict[tuple[str, int], bytes]
    uploads: dict[tuple[UUID | None, str, int], UUID]

    @classmethod
    def print(cls, storage: FileStorage) -> "Papers":
        """Make every paper once."""
        contents = {(kind, seed): make_paper(kind, seed) for kind in KINDS for seed in range(VARIANTS)}
        return cls(storage, contents, {})

    async def upload(self, ctx: Context, kind: str, random: Random) -> UUID:
        """Return an upload of the context's actor."""
        variant = random.randrange(VARIANTS)
        key = (ctx.actor.id, kind, variant)
        if key not in self.uploads:
            stored = await store_file(ctx, self.storage, KINDS[kind][0], io.BytesIO(self.contents[kind, variant]))
            self.uploads[key] = stored.id
        return self.uploads[key]
