"""A workspace with something of everything, sound as it stands; tests break it in one place at a time."""

from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.yamlform import decode_definitions

SAMPLE = """
format: 1
apps:
  - key: sales
    label: {zh: 销售, en: Sales}
    menu:
      - {key: board, label: 看板, view: lead_board}
option_sets:
  - key: grade
    label: 客户等级
    options:
      - {key: new, label: 新客, colour: blue}
      - {key: old, label: {zh: 老客, en: Returning}}
      - {key: gone, label: 流失, retired: true}
  - key: trigger
    label: 触发动作
    options:
      - {key: asked, label: 客户主动提及竞品}
numberings:
  - key: lead_number
    label: 线索编号
    pattern: XS{yyyy}{mm}-{seq:5}
    reset: month
entities:
  - key: customer
    label: {zh: 客户, en: Customer}
    title: name
    duplicates: [[name], [phone]]
    fields:
      - {key: name, label: {zh: 名称, en: Name}, type: text, required: true, unique: true, searchable: true}
      - {key: grade, label: 等级, type: single_select, options: {set: grade}, default: '"new"'}
      - {key: phone, label: 电话, type: phone}
      - {key: region, label: 区域, type: region, options: {level: city}}
      - key: leads_total
        label: 线索金额
        type: rollup
        options: {children: lead, aggregate: sum, field: amount, where: '{等级} <> "低"', result: money}
      - {key: lead_count, label: 线索数, type: rollup, options: {children: lead, aggregate: count, result: integer}}
  - key: lead
    label: 线索
    title: number
    fields:
      - {key: number, label: 编号, type: auto_number, options: {numbering: lead_number}}
      - {key: customer, label: 客户, type: relation, options: {target: customer}, required: true}
      - {key: amount, label: 金额, type: money, options: {min: 0}, required_if: '{等级} = "高"'}
      - key: level
        label: 等级
        type: single_select
        options:
          options:
            - {key: high, label: 高}
            - {key: low, label: 低}
        options_if: {high: '{金额} > 1000'}
        tip_if: {'{等级} = "高"': 高价值线索须当日跟进}
      - {key: rate, label: 赢率, type: percent, options: {min: 0, max: 1}, default: 10%}
      - {key: weighted, label: 加权金额, type: formula, options: {formula: '{金额} * {赢率}', result: money}}
      - {key: grade, label: 客户等级, type: lookup,
         options: {relation: customer, field: grade, result: single_select, format: {set: grade}}}
      - {key: pains, label: 痛点, type: keyword_list, options: {minimum: 3}}
      - {key: adviser, label: 技术顾问, type: user}
      - {key: helpers, label: 协作人, type: user, options: {multiple: true}}
      - {key: next_visit, label: 下次拜访, type: date, visible_if: '{等级} = "高"', rules: [
          {check: '{下次拜访} >= TODAY()', message: 下次拜访不能早于今天}]}
      - {key: site, label: 现场, type: location}
      - {key: lines, label: 明细, type: sub_table, options: {entity: lead_line}}
      - {key: partners, label: 伙伴, type: many_to_many, options: {target: customer}}
      - {key: level_since, label: 定级时间, type: date_time, set_when: 'CHANGED({等级})', set_to: NOW()}
      - {key: papers, label: 资料, type: file, options: {content_types: [application/pdf], max_megabytes: 20}}
    rules:
      - {check: '{金额} < 100000000', message: {zh: 金额过大, en: Too much}}
  - key: lead_line
    label: 线索明细
    title: product
    parent: lead
    fields:
      - {key: product, label: 产品, type: text, required: true}
      - {key: price, label: 单价, type: money}
      - {key: count, label: 数量, type: integer, options: {min: 1}}
      - {key: total, label: 小计, type: formula, options: {formula: '{单价} * {数量}', result: money}}
processes:
  - key: journey
    label: 客户旅程
    entity: lead
    initial: won_over
    reasons: trigger
    background: [customer.name, amount]
    stages:
      - key: won_over
        label: 线索获取
        limit: {hours: 72, calendar: working, escalate: [supervisor, 'role:head']}
      - key: understood
        label: 需求确认
        required: [pains]
        readonly: [customer]
        evidence:
          - {key: demand, label: 客户需求清单, kind: file, validators: {content_types: [application/pdf], min_bytes: 1000}}
          - {key: photo, label: 现场照片, kind: image, validators: {exif_place: {field: site, metres: 300}}}
      - {key: lost, label: 丢单, kind: lost}
    transitions:
      - key: understand
        label: 确认需求
        source: [won_over]
        target: understood
        guard: '{金额} > 0'
        roles: [rep]
        effects:
          - {do: task, role: head, title: 评估方案, into: adviser, hours: 24, background: [customer.region]}
          - {do: freeze, hours: 24}
          - {do: set, values: {rate: 30%}}
          - {do: notify, to: owner, text: 已确认}
      - {key: lose, label: 丢单, source: [won_over, understood], target: lost}
views:
  - key: lead_board
    label: 线索看板
    entity: lead
    kind: board
    group: stage
    columns: [number, customer, amount, customer.region, owner]
    card: [customer, amount]
    sort: [{field: amount, descending: true}]
    measures: [{do: count}, {do: sum, field: amount}]
    filter:
      and:
        - {field: level, op: eq, value: high}
        - or:
            - {field: owner, op: eq, value: {me: true}}
            - {field: stage_since, op: lt, value: {last: 72, unit: hour}}
        - {field: customer.grade, op: in, value: [new, old]}
        - {formula: '{金额} > 10'}
    roles: [rep]
roles:
  - key: rep
    label: 销售代表
    grants:
      - {entity: lead, create: true, read: own, update: own, move: own, fields: {weighted: hidden},
         stages: {understood: {amount: read}}}
      - {entity: customer, read: formula, formula: '{负责人} = ME()'}
  - key: head
    label: {zh: 主管, en: Head}
    abilities: [members]
    grants:
      - {entity: '*', read: all}
numbers:
  - key: stalled
    label: 停滞线索
    entity: lead
    measure: {do: count}
    filter: {field: stage_since, op: lt, value: {last: 72, unit: hour}}
    view: lead_board
    roles: [head]
"""


def sample() -> Definitions:
    """Return the sample workspace."""
    found = decode_definitions(SAMPLE)
    assert isinstance(found, Definitions), found
    return found
