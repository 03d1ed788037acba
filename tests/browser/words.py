"""What the interface says, in a language: read from the client's texts and the suite's labels, not copied into the tests."""

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.browser.chromium import ROOT, node

TEXTS = ROOT / "client/src/i18n"
SUITE = ROOT / "suite/journey"
DUMP = (
    "const [folder] = process.argv.slice(1); const fs = require('node:fs'); (async () => { const all = {};"
    "for (const file of fs.readdirSync(folder)) {"
    " const text = fs.readFileSync(folder + '/' + file, 'utf8').replace(/^import.*$/gm, '')"
    ".replace(/const texts[^=]*=/, 'export default').replace(/^export default texts;$/gm, '');"
    " const loaded = await import('data:text/javascript,' + encodeURIComponent(text));"
    " all[file.replace('.ts', '')] = loaded.default; }"
    " process.stdout.write(JSON.stringify(all)); })();"
)


@cache
def client_texts(language: str) -> dict[str, Any]:
    """Return the client's texts by namespace."""
    done = subprocess.run([node(), "-e", DUMP, str(TEXTS / language)], check=True, capture_output=True)
    texts: dict[str, Any] = json.loads(done.stdout)
    return texts


@cache
def _suite() -> dict[str, list[dict[str, Any]]]:
    parts: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(Path(SUITE).glob("*.yaml")):
        for key, value in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if isinstance(value, list):
                parts.setdefault(key, []).extend(value)
    return parts


class Words:
    """The interface's words in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: Any) -> str:
        """Return a text of the client: ``namespace.path``, with what stands in braces filled in."""
        text: Any = client_texts(self.language)
        *path, last = key.split(".")
        for part in path:
            text = text[part]
        plural = f"{last}_{'one' if values.get('count') == 1 else 'other'}"
        found = str(text[last] if last in text else text[plural])
        return re.sub(r"{{(\w+)}}", lambda match: str(values[match.group(1)]), found)

    def server(self, key: str) -> str:
        """Return a text of the server."""
        texts = (ROOT / "src/xiaolu/messages" / self.language / "web.yaml").read_text(encoding="utf-8")
        return str(yaml.safe_load(texts)[key])

    def _of(self, kind: str, key: str) -> dict[str, Any]:
        return next(each for each in _suite()[kind] if each["key"] == key)

    def _label(self, items: list[dict[str, Any]], key: str) -> str:
        label: str = next(each for each in items if each["key"] == key)["label"][self.language]
        return label

    def entity(self, key: str) -> str:
        """Return the name of an entity."""
        return self._label(_suite()["entities"], key)

    def several(self, key: str) -> str:
        """Return what a list of records of an entity is called, where its English plural is regular."""
        return self.entity(key) + ("s" if self.language == "en" else "")

    def field(self, path: str) -> str:
        """Return the label of a field: ``entity.field``."""
        entity, field = path.split(".")
        return self._label(self._of("entities", entity)["fields"], field)

    def option(self, path: str) -> str:
        """Return the label of an option: ``set.option``."""
        options, option = path.split(".")
        return self._label(self._of("option_sets", options)["options"], option)

    def stage(self, key: str) -> str:
        """Return the name of a stage of the journey."""
        return self._label(_suite()["processes"][0]["stages"], key)

    def slot(self, stage: str, key: str) -> str:
        """Return the name of a proof that a stage demands."""
        found = next(each for each in _suite()["processes"][0]["stages"] if each["key"] == stage)
        return self._label(found["evidence"], key)

    def guard(self, transition: str) -> str:
        """Return what the journey says where a move's condition does not hold."""
        found = next(each for each in _suite()["processes"][0]["transitions"] if each["key"] == transition)
        text: str = found["guard_message"][self.language]
        return text

    def view(self, key: str) -> str:
        """Return the name of a view."""
        return self._label(_suite()["views"], key)

    def number(self, key: str) -> str:
        """Return the name of a figure."""
        return self._label(_suite()["numbers"], key)


def text_keys(language: str) -> set[str]:
    """Return the keys of all texts, without their namespace: none of them may ever be seen."""
    found: set[str] = set()

    def walk(value: Any, path: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, f"{path}.{key}" if path else key)
        else:
            found.add(path)

    for namespace in client_texts(language).values():
        walk(namespace, "")
    return {key for key in found if "." in key}
