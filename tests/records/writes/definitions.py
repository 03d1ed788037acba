"""A small sales world: three levels of entities, references, a sub-table, a process, rules of every kind."""

from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.yamlform import decode_definitions

WORLD = """
format: 1
option_sets:
  - key: level
    label: 等级
    options:
      - {key: a, label: 甲}
      - {key: b, label: 乙}
      - {key: old, label: 旧级, retired: true}
  - key: reasons
    label: 触发动作
    options:
      - {key: asked, label: {zh: 客户主动提及竞品, en: Customer named a rival}}
      - {key: terms, label: 提出付款账期要求}
numberings:
  - {key: lead_no, label: 线索编号, pattern: 'XS{yyyy}{mm}-{seq:4}', reset: month}
entities:
  - key: holding
    label: 集团
    title: name
    fields:
      - {key: name, label: 名称, type: text, required: true}
      - key: total
        label: 集团金额
        type: rollup
        options: {children: customer, aggregate: sum, field: lead_total, result: money}
      - {key: is_big, label: 大集团, type: formula, options: {formula: '{集团金额} >= 1000', result: switch}}
  - key: customer
    label: {zh: 客户, en: Customer}
    title: name
    duplicates: [[name], [phone]]
    fields:
      - {key: name, label: {zh: 名称, en: Name}, type: text, required: true, unique: true, searchable: true}
      - {key: region, label: 区域, type: text}
      - {key: phone, label: 电话, type: phone}
      - {key: holding, label: 集团, type: relation, options: {target: holding, on_delete: clear}}
      - {key: lead_total, label: 线索金额, type: rollup, options: {children: lead, aggregate: sum, field: amount, result: money}}
      - {key: lead_count, label: 线索数, type: rollup, options: {children: lead, aggregate: count, result: integer}}
      - {key: rank, label: 级别, type: formula, options: {formula: 'IF({集团.大集团}, "大集团", "普通") & {区域}', result: text}}
  - key: product
    label: 产品
    title: name
    fields:
      - {key: name, label: 名称, type: text, required: true}
      - {key: price, label: 单价, type: money}
      - {key: sold, label: 销量, type: rollup, options: {children: item, aggregate: sum, field: quantity, result: integer}}
  - key: lead
    label: {zh: 线索, en: Lead}
    title: name
    fields:
      - {key: name, label: {zh: 名称, en: Name}, type: text, required: true, searchable: true}
      - {key: no, label: 编号, type: auto_number, searchable: true, options: {numbering: lead_no}}
      - {key: group, label: 所属集团, type: relation, options: {target: holding}}
      - {key: customer, label: 客户, type: relation, options: {target: customer, narrow: {field: group, by: holding}}}
      - {key: amount, label: {zh: 金额, en: Amount}, type: money, options: {min: 0}}
      - {key: rate, label: 赢率, type: percent, options: {min: 0, max: 1}, default: 10%}
      - {key: expected, label: 预计, type: formula, options: {formula: '{金额} * {赢率}', result: money}}
      - {key: level, label: 等级, type: single_select, options: {set: level}, options_if: {a: '{金额} >= 100'}}
      - {key: due, label: 截止, type: date}
      - {key: days_left, label: 剩余天数, type: formula, options: {formula: 'DATEDIF(TODAY(), {截止}, "D")', result: integer}}
      - {key: reason, label: 原因, type: text, required_if: '{等级} = "甲"', visible_if: '{金额} > 0'}
      - {key: secret, label: 底价, type: money}
      - {key: keywords, label: 痛点, type: keyword_list}
      - {key: helper, label: 协助人, type: user}
      - {key: region, label: 客户区域, type: lookup, options: {relation: customer, field: region}}
      - {key: share, label: 占比, type: formula, options: {formula: '{金额} / {客户.线索金额}', result: percent}}
      - {key: items, label: 明细, type: sub_table, options: {entity: item}}
      - {key: products, label: 意向产品, type: many_to_many, options: {target: product}}
      - key: partners
        label: 同行客户
        type: many_to_many
        options: {target: customer, narrow: {field: group, by: holding}}
      - {key: item_total, label: 明细金额, type: rollup, options: {children: items, aggregate: sum, field: amount, result: money}}
      - {key: level_since, label: 定级时间, type: date_time, set_when: 'CHANGED({等级})', set_to: NOW()}
      - key: limit
        label: 折扣
        type: percent
        rules:
          - {check: '{折扣} <= 0.3', message: {zh: 折扣不能超过三成, en: At most 30 %}}
    rules:
      - {check: '{截止} >= DATE(2020,1,1)', message: {zh: 截止日期太早, en: Too early}}
  - key: item
    label: 明细行
    title: note
    parent: lead
    fields:
      - {key: note, label: 说明, type: text}
      - {key: product, label: 产品, type: relation, options: {target: product}, required: true}
      - {key: quantity, label: 数量, type: integer, options: {min: 1}, required: true}
      - {key: amount, label: 小计, type: formula, options: {formula: '{数量} * {产品.单价}', result: money}}
processes:
  - key: sales
    label: 销售
    entity: lead
    initial: new
    reasons: reasons
    stages:
      - {key: new, label: 新建}
      - {key: talk, label: 洽谈, required: [amount]}
      - {key: won, label: 赢单, kind: won, readonly: [amount]}
    transitions:
      - key: to_talk
        label: 开始洽谈
        source: [new]
        target: talk
        guard: '{客户.区域} <> ""'
        guard_message: 客户要有区域
        effects:
          - {do: freeze, hours: 24, reason: 评估期}
          - {do: set, values: {rate: 0.5}}
      - {key: win, label: 赢单, source: [talk], target: won}
roles:
  - key: rep
    label: 销售
    grants:
      - {entity: lead, create: true, read: own, update: own, delete: own, move: own, fields: {secret: hidden, limit: read}, stages: {won: {reason: hidden}}}
      - {entity: customer, create: true, read: department, update: own, delete: own}
      - {entity: product, read: all}
      - {entity: holding, read: all}
"""


def world() -> Definitions:
    """Return the definitions; they must be sound."""
    found = decode_definitions(WORLD)
    assert isinstance(found, Definitions), found
    return found
