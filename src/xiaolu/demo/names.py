"""Plausible names of people, companies, equipment and places; all made up from parts by a seeded generator."""

from random import Random

SURNAMES = "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
GIVEN = (
    "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 建国 志强 海燕 文博 子涵 雨桐 浩然 晓东 嘉怡 思远 "
    "国栋 立新 春梅 玉兰 晨曦 一鸣 佳宁 俊杰 婷婷 志远 晓峰 丽华 永强 少华 景行 天佑 若溪 明轩 书瑶 宏伟 秀英 德胜 云飞"
).split()
CITIES = (
    ("330203", "宁波"), ("330106", "杭州"), ("320505", "苏州"), ("320214", "无锡"), ("310115", "上海"), ("330304", "温州"),
    ("440306", "深圳"), ("440605", "佛山"), ("441900", "东莞"), ("440114", "广州"), ("350206", "厦门"), ("430104", "长沙"),
    ("120116", "天津"), ("370211", "青岛"), ("370102", "济南"), ("210106", "沈阳"), ("130102", "石家庄"), ("410105", "郑州"),
)  # fmt: skip
CENTRES = {
    "330203": (29.87, 121.55), "330106": (30.26, 120.13), "320505": (31.3, 120.57), "320214": (31.49, 120.36), "310115": (31.22, 121.54), "330304": (28.0, 120.62),
    "440306": (22.6, 113.88), "440605": (23.03, 113.14), "441900": (23.02, 113.75), "440114": (23.4, 113.22), "350206": (24.51, 118.15), "430104": (28.24, 112.93),
    "120116": (39.02, 117.65), "370211": (35.96, 120.05), "370102": (36.67, 117.08), "210106": (41.8, 123.38), "130102": (38.04, 114.54), "410105": (34.8, 113.66),
}  # fmt: skip
"""Latitude and longitude of each district."""
BRANDS = (
    "恒锐 博远 华泽 鼎晟 瑞丰 卓越 金桥 天成 远航 宏达 中联创 凯瑞 新程 盛源 德信 科茂 力诺 泰和 东睿 启明 优创 精诚 明德 立恒 "
    "万通 佳德 信达 易成 汇川达 百胜 正和 同兴 永固 长青 兆丰 益友 海纳 北辰 南屏 云岭 晟达 航宇 凌云 振兴 三禾 五岳 八方 九州"
).split()
TRADES = (
    ("machinery", "精密机械"), ("machinery", "智能装备"), ("auto_parts", "汽车零部件"), ("electronics", "电子科技"), ("plastics", "塑料制品"),
    ("food", "食品机械"), ("medical", "医疗器械"), ("textile", "纺织机械"), ("packaging", "包装设备"), ("metal", "金属制品"), ("energy", "新能源"),
)  # fmt: skip
EQUIPMENT = {
    "六轴工业机器人": "robot", "激光切割机": "machine_tool", "数控加工中心": "machine_tool", "视觉检测设备": "robot", "伺服压装机": "machine_tool",
    "自动化装配线": "conveyor", "AGV 搬运小车": "forklift", "变频控制柜": "service", "空压机节能改造": "compressor", "注塑机机械手": "robot",
    "智能立体仓库": "forklift", "PLC 控制系统升级": "service", "码垛机器人": "robot", "在线称重分选机": "conveyor", "焊接工作站": "robot",
    "真空包装线": "conveyor", "无油螺杆空压机": "compressor", "MES 数据采集终端": "service",
}  # fmt: skip
"""What is sold, with its product line."""
PAINS = (
    "人工成本高", "换型时间长", "良率波动", "停机频繁", "交期紧张", "能耗偏高", "数据不透明", "招工困难", "质量追溯难", "设备老化", "安全隐患", "库存积压",
    "产能不足", "备件等待久", "操作依赖老师傅",
)  # fmt: skip
REMARKS = (
    "客户生产部经理参加了会议，确认了节拍要求", "对方提出先做一条样板线", "已和设备科核对现场尺寸", "客户要求下周给出两档报价", "采购反馈竞品报价低 6%，重点谈售后响应",
    "财务希望分三期付款，已约付款方案沟通", "总经理本周出差，约下周三再谈", "现场看过样机，对稳定性认可", "技术部要求补充能耗数据", "客户内部在走立项审批",
    "双方确认了交付范围和验收标准", "客户提到同行案例，要求参观", "预算已列入下季度计划", "合同条款由法务审核中", "客户同意先付三成预付款",
)  # fmt: skip


def person(random: Random) -> str:
    """Return a Chinese name."""
    return random.choice(SURNAMES) + random.choice(GIVEN)


def company(random: Random) -> tuple[str, str, str]:
    """Return a company's name, its trade's key and its district code."""
    code, city = random.choice(CITIES)
    trade, word = random.choice(TRADES)
    return f"{city}{random.choice(BRANDS)}{word}有限公司", trade, code


def site(name: str, district: str) -> dict[str, float]:
    """Return where a company's works lie: somewhere in its district, and always the same place for the same name."""
    latitude, longitude = CENTRES[district]
    here = Random(name)  # of its own, so that everything else stays as it was
    return {
        "lat": round(latitude + here.uniform(-0.12, 0.12), 5),
        "lng": round(longitude + here.uniform(-0.12, 0.12), 5),
    }


def mobile(random: Random) -> str:
    """Return a number that looks like a Chinese mobile number."""
    return random.choice(("138", "139", "136", "158", "186", "177", "150")) + f"{random.randrange(10**8):08d}"
