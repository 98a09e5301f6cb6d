"""The agency's offices: agency, countries, regions, districts, departments, teams."""

from __future__ import annotations

from typing import NamedTuple


class OfficeRow(NamedTuple):
    """An office below another; country and time zone are those of the office above if empty."""

    code: str
    above: str
    kind: str
    name: str
    name_en: str
    country: str = ""
    timezone: str = ""


AGENCY = OfficeRow(
    "KKD", "", "agency", "株式会社架空堂", "Kakudo Inc. (fictitious)", "", "Asia/Tokyo"
)

OFFICES = (
    OfficeRow("JP", "KKD", "country", "日本", "Japan", "JP", "Asia/Tokyo"),
    OfficeRow("TYO", "JP", "region", "東京本社", "Tokyo"),
    OfficeRow("TYO1", "TYO", "department", "第1営業局", "Account Service 1"),
    OfficeRow("TYO1-1", "TYO1", "team", "第1営業局 第1営業部", "Account Service 1, Team 1"),
    OfficeRow("TYO1-2", "TYO1", "team", "第1営業局 第2営業部", "Account Service 1, Team 2"),
    OfficeRow("TYO2", "TYO", "department", "第2営業局", "Account Service 2"),
    OfficeRow("TYO2-1", "TYO2", "team", "第2営業局 第1営業部", "Account Service 2, Team 1"),
    OfficeRow("TYO2-2", "TYO2", "team", "第2営業局 第2営業部", "Account Service 2, Team 2"),
    OfficeRow("TYO3", "TYO", "department", "第3営業局", "Account Service 3"),
    OfficeRow("TYO3-1", "TYO3", "team", "第3営業局 第1営業部", "Account Service 3, Team 1"),
    OfficeRow("TYO3-2", "TYO3", "team", "第3営業局 第2営業部", "Account Service 3, Team 2"),
    OfficeRow("TYO-SP", "TYO", "department", "ストラテジックプランニング局", "Strategic Planning"),
    OfficeRow("TYO-CR", "TYO", "department", "クリエイティブ局", "Creative"),
    OfficeRow("TYO-CRA", "TYO-CR", "team", "クリエイティブA室", "Creative Team A"),
    OfficeRow("TYO-CRB", "TYO-CR", "team", "クリエイティブB室", "Creative Team B"),
    OfficeRow("TYO-MD", "TYO", "department", "メディア局", "Media"),
    OfficeRow("TYO-PM", "TYO", "department", "制作管理局", "Production and Traffic"),
    OfficeRow("KNS", "JP", "region", "関西", "Kansai"),
    OfficeRow("OSA", "KNS", "district", "関西支社(大阪)", "Osaka"),
    OfficeRow("OSA1", "OSA", "department", "関西支社 営業局", "Osaka Account Service"),
    OfficeRow("OSA2", "OSA", "department", "関西支社 制作進行部", "Osaka Production and Traffic"),
    OfficeRow("CHB", "JP", "region", "中部", "Chubu"),
    OfficeRow("NGO", "CHB", "district", "中部支社(名古屋)", "Nagoya"),
    OfficeRow("KYS", "JP", "region", "九州", "Kyushu"),
    OfficeRow("FUK", "KYS", "district", "九州支社(福岡)", "Fukuoka"),
    OfficeRow("SG", "KKD", "country", "シンガポール", "Singapore", "SG", "Asia/Singapore"),
    OfficeRow("SIN", "SG", "region", "シンガポールオフィス", "Singapore Office"),
    OfficeRow("SIN-AM", "SIN", "team", "シンガポール アカウント部", "Singapore Account Management"),
    OfficeRow("GB", "KKD", "country", "英国", "United Kingdom", "GB", "Europe/London"),
    OfficeRow("LON", "GB", "region", "ロンドンオフィス", "London Office"),
    OfficeRow("LON-AM", "LON", "team", "ロンドン アカウント部", "London Account Management"),
    OfficeRow("LON-CR", "LON", "team", "ロンドン クリエイティブ", "London Creative"),
    OfficeRow("FIN", "KKD", "department", "経理財務局", "Finance"),
    OfficeRow("LGL", "KKD", "department", "法務・競合管理室", "Legal and Conflicts"),
    OfficeRow("SYS", "KKD", "department", "情報システム部", "Information Systems"),
)
