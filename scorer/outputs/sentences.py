"""All fixed sentences and labels that a reader of the gap report, the desk and the comments meets, in one file to be read through.

Templates find them as ``say``. What checks say of a report stands with the checks, what the field asks for in the rules.
"""

from __future__ import annotations

# The first page.
VERDICT = "结论"
REQUIRED = "法定内容"
CONTRADICTIONS = "数据前后矛盾"
LATE = "时限"
LATE_LEAD = "已经逾期，改文字补不回来，分数不能再加；如实保留日期，下一年度提前安排。"
MEND = "优先修改"
MEND_ALL = "全部修改项"
MEND_LEAD = "按可加分从多到少排列，前{count}项如下；参考写法里的空格按实际情况填写，没有做的不要写。"
MEND_LEAD_ALL = "按可加分从多到少排列；参考写法里的空格按实际情况填写，没有做的不要写。"
NOTHING = "没有需要修改的内容。"
WRITE = "参考写法"
PLACE = "写在哪里"
GAIN = "可加分"
REACHED = "改后总分"
MEND_HERE = "此处补写{count}项"
BY_MACHINE = "结论由程序依规则得出，供人工复核。"
NEVER = "全文未涉及"
NEVER_MORE = "全文未涉及的还有{count}项"
NO_CONTRADICTION = "没有发现互相矛盾的数字和日期。"

# One element.
ADVICE = "修改建议"
NOT_COUNTED = "不予认定"
SEARCHED = "查找范围"
WHY = "为什么要写"
BASIS = "依据"

# The rest.
FOLDED = "以下各部分打印时略去；需要时勾选“打印全部内容”。"
PRINT_ALL = "打印全部内容"
TECHNICAL = "技术说明"
KEPT = "只在这台电脑上检查，不联网；没有另存的内容，退出后不再保留"

# Words for gaps that are neither missing nor insufficient.
LATE_WORD = "逾期"
CONTRARY_WORD = "矛盾"
