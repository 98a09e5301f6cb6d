"""The templates an agency begins with: the client brief's eight headings and five questions."""

from __future__ import annotations

from typing import NamedTuple


class Asked(NamedTuple):
    """One section: what it is about, its heading and question in both languages."""

    topic: str
    heading: str
    heading_en: str
    question: str
    question_en: str


CLIENT = (
    Asked("management", "1. 進め方", "1. Project management", "案件名、体制、これまでの経緯。", "Name of the project, who is involved, what led to it."),
    Asked("background", "2. いまどこにいるか", "2. Where are we now?", "商品の概要、市場と競合、価格、これまでの広告。", "The product, its market, rivals and price, the advertising so far."),
    Asked("objective", "3. どこへ行きたいか", "3. Where do we want to be?", "目的は一つ。指標、現状値、目標値、期限。", "One objective: its metric, where it stands, where it is to stand, by when."),
    Asked("approach", "4. そのために何をするか", "4. What are we doing to get there?", "マーケティング戦略の中での広告の役割。", "What else is being done, and what part advertising has in it."),
    Asked("audience", "5. 誰に伝えるか", "5. Who do we need to talk to?", "いま何をし、何を考え、何を買っている人か。", "What do they do, think and buy today?"),
    Asked("measure", "6. 到達をどう確かめるか", "6. How will we know we've arrived?", "目的の指標を、いつ、何で測るか。", "When and by what the metric of the objective is measured."),
    Asked("budget", "7. 実施条件:予算", "7. Practicalities: budget", "金額または幅と、含むもの。", "An amount or a range, and what it covers."),
    Asked("timing", "7. 実施条件:日程", "7. Practicalities: timing", "プレゼン日と開始日。", "Day of the presentation, day it goes live."),
    Asked("deliverables", "7. 実施条件:制作物と媒体", "7. Practicalities: deliverables and media", "何を、どこに、何種類。", "What, where, how many."),
    Asked("mandatories", "7. 実施条件:必須事項", "7. Practicalities: mandatories", "トーン&マナー、表記、タレント、法務。", "Tone and manner, wording, talent, legal."),
    Asked("approvers", "8. 承認", "8. Approvals", "誰が、どの順で承認するか。", "Who approves, in which order."),
)  # fmt: skip
CREATIVE = (
    Asked("why", "1. なぜ広告をするのか", "1. Why are we advertising at all?", "広告で解ける問題は何か。", "Which problem can advertising solve?"),
    Asked("objective", "2. 広告は何を達成するのか", "2. What is the advertising to achieve?", "指標、現状値、目標値、期限。", "Its metric, where it stands, where it is to stand, by when."),
    Asked("audience", "3. 誰に話しかけるのか", "3. Who are we talking to?", "一人の顔が浮かぶように。", "So that one sees one person."),
    Asked("insight", "4. その人たちの何を知っているか", "4. What do we know about them?", "ターゲットの本音。", "What they really think."),
    Asked("proposition", "5. 最も大切な提案", "5. What is the one main idea?", "一文で。二つ目は書かない。", "One sentence. No second one."),
    Asked("response", "期待する反応", "Response hoped for", "見た人に何と言ってほしいか。", "What should somebody say who saw it?"),
    Asked("tone", "トーン&マナー", "Tone and manner", "", ""),
    Asked("mandatories", "必須事項", "Mandatories", "表記、素材、法務。", "Wording, material, legal."),
    Asked("deliverables", "制作物", "Deliverables", "何を、どこに、何種類。", "What, where, how many."),
    Asked("budget", "予算", "Budget", "", ""),
    Asked("timing", "日程", "Timing", "社内プレゼン、クライアントプレゼン、納品。", "Internal and client presentation, delivery."),
)  # fmt: skip
USUAL = (
    ("client", "オリエンシート", "Client brief", CLIENT),
    ("creative", "クリエイティブブリーフ", "Creative brief", CREATIVE),
)
