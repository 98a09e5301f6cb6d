"""What the accounts bring: an ordinary month, the shape of the year, growth and what it costs."""

from __future__ import annotations

from typing import NamedTuple


class RevenueRow(NamedTuple):
    """Net revenue of an ordinary month three years ago; growth a year; cost to each 1 of it."""

    account: str
    net: int
    growth: float
    cost: float
    year: str
    currency: str = "JPY"


# Whose net revenue of this fiscal year is to be so much of the last one's.
TARGETS = (
    ("office", "KKD", 1.05), ("office", "TYO1", 1.06), ("office", "TYO2", 1.04),
    ("office", "TYO3", 1.03), ("company", "RAICHO", 1.07), ("account", "RAICHO", 1.08),
    ("account", "SHIRAITO", 1.02), ("person", "ninomiya", 1.05), ("person", "oba", 1.10),
)  # fmt: skip

# Each month's weight, January to December.
YEARS = {
    "car": (0.9, 1.1, 1.6, 0.8, 0.8, 0.9, 1.0, 0.6, 1.4, 1.1, 1.0, 0.8),
    "drink": (0.6, 0.7, 0.9, 1.2, 1.3, 1.5, 1.6, 1.4, 0.9, 0.7, 0.6, 0.6),
    "beauty": (0.8, 1.3, 1.2, 0.9, 0.9, 0.8, 0.8, 1.3, 1.1, 0.9, 1.1, 0.9),
    "food": (0.8, 0.8, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 1.1, 1.2, 1.3, 1.4),
    "telecom": (1.1, 1.9, 2.1, 0.7, 0.6, 0.8, 0.8, 0.7, 1.0, 0.7, 0.7, 0.9),
    "travel": (1.2, 1.4, 1.0, 0.8, 0.9, 0.8, 0.9, 1.3, 0.9, 0.9, 0.8, 1.1),
    "finance": (0.8, 0.9, 1.2, 0.9, 0.9, 1.3, 1.1, 0.8, 0.9, 1.0, 1.0, 1.2),
    "medicine": (1.4, 1.1, 0.9, 0.8, 0.7, 0.8, 0.8, 0.8, 0.8, 1.0, 1.3, 1.6),
    "game": (0.9, 0.6, 1.1, 0.9, 0.8, 0.8, 1.3, 1.5, 0.8, 0.9, 0.8, 1.6),
    "flat": (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
}

REVENUE = (
    RevenueRow("RAICHO", 5_500_000, 0.04, 0.71, "flat"),
    RevenueRow("RAICHO-JP", 40_000_000, 0.03, 0.62, "car"),
    RevenueRow("RAICHO-JP-TSUBAME", 17_000_000, 0.05, 0.60, "car"),
    RevenueRow("RAICHO-JP-MINE", 11_000_000, 0.16, 0.63, "car"),
    RevenueRow("RAICHO-JP-KANSAI", 2_400_000, -0.06, 0.78, "car"),
    RevenueRow("RAICHO-SG", 55_000, 0.07, 0.66, "flat", "SGD"),
    RevenueRow("RAICHO-UK", 27_000, 0.02, 0.69, "car", "GBP"),
    RevenueRow("TSUKI", 3_000_000, 0.02, 0.70, "flat"),
    RevenueRow("TSUKI-JP", 29_000_000, 0.06, 0.61, "car"),
    RevenueRow("TSUKI-JP-OBORO", 8_000_000, 0.24, 0.67, "car"),
    RevenueRow("TSUKI-JP-KOYOI", 9_500_000, -0.02, 0.58, "car"),
    RevenueRow("TSUKI-SG", 31_000, 0.05, 0.68, "flat", "SGD"),
    RevenueRow("SHIRAITO", 12_000_000, 0.03, 0.64, "drink"),
    RevenueRow("SHIRAITO-CHA", 19_000_000, 0.04, 0.59, "drink"),
    RevenueRow("SHIRAITO-MIZU", 7_500_000, 0.12, 0.62, "drink"),
    RevenueRow("SHIRAITO-COFFEE", 8_500_000, -0.09, 0.66, "drink"),
    RevenueRow("KOHAKU", 8_000_000, 0.05, 0.63, "drink"),
    RevenueRow("KOHAKU-SODA", 9_000_000, 0.01, 0.60, "drink"),
    RevenueRow("KOHAKU-CHA", 3_500_000, 0.28, 0.72, "drink"),
    RevenueRow("HANA", 4_000_000, 0.03, 0.69, "flat"),
    RevenueRow("HANA-JP", 14_000_000, 0.02, 0.61, "beauty"),
    RevenueRow("HANA-JP-SHIZUKU", 11_500_000, 0.06, 0.57, "beauty"),
    RevenueRow("HANA-JP-KURENAI", 8_500_000, -0.03, 0.64, "beauty"),
    RevenueRow("HANA-UK", 17_000, 0.18, 0.73, "beauty", "GBP"),
    RevenueRow("SETSU", 9_000_000, 0.05, 0.62, "beauty"),
    RevenueRow("SETSU-SHIROTAE", 4_800_000, 0.07, 0.60, "beauty"),
    RevenueRow("YAMA", 5_000_000, 0.01, 0.66, "food"),
    RevenueRow("YAMA-CURRY", 5_800_000, 0.03, 0.61, "food"),
    RevenueRow("KODAMA", 6_200_000, -0.04, 0.74, "food"),
    RevenueRow("KODAMA-CHOCO", 4_500_000, -0.05, 0.82, "food"),
    RevenueRow("AMATSU", 15_000_000, 0.02, 0.63, "telecom"),
    RevenueRow("AMATSU-MOBILE", 9_500_000, 0.11, 0.65, "telecom"),
    RevenueRow("AMATSU-BIZ", 4_800_000, 0.08, 0.60, "telecom"),
    RevenueRow("OTORI", 2_800_000, 0.02, 0.70, "flat"),
    RevenueRow("OTORI-JP", 12_500_000, 0.05, 0.62, "travel"),
    RevenueRow("OTORI-SG", 20_000, 0.06, 0.71, "travel", "SGD"),
    RevenueRow("YAE", 12_000_000, 0.01, 0.58, "finance"),
    RevenueRow("SHIOMI", 4_300_000, 0.04, 0.63, "finance"),
    RevenueRow("WAKA", 4_000_000, 0.00, 0.65, "medicine"),
    RevenueRow("WAKA-ICHO", 5_900_000, 0.02, 0.59, "medicine"),
    RevenueRow("WAKA-GENKI", 5_200_000, -0.05, 0.68, "medicine"),
    RevenueRow("CHIGI", 7_000_000, 0.03, 0.67, "flat"),
    RevenueRow("HOTARU", 2_400_000, 0.03, 0.72, "flat"),
    RevenueRow("HOTARU-JP", 8_800_000, 0.04, 0.64, "food"),
    RevenueRow("HOTARU-UK", 11_000, 0.09, 0.75, "food", "GBP"),
    RevenueRow("KITSUNE", 9_000_000, 0.35, 1.07, "game"),
    RevenueRow("AWA", 5_000_000, 0.01, 0.64, "flat"),
    RevenueRow("AWA-SENZAI", 8_200_000, 0.03, 0.61, "flat"),
    RevenueRow("AWA-KAMI", 4_400_000, 0.02, 0.91, "flat"),
    RevenueRow("MOMIJI", 3_200_000, -0.02, 0.70, "food"),
    RevenueRow("SAZA", 3_400_000, 0.05, 0.66, "travel"),
    RevenueRow("HERON", 44_000, 0.10, 0.62, "finance", "SGD"),
    RevenueRow("BANYAN", 8_000, 0.02, 0.74, "flat", "SGD"),
    RevenueRow("BANYAN-SG", 24_000, 0.05, 0.67, "travel", "SGD"),
    RevenueRow("BANYAN-UK", 6_500, 0.03, 0.80, "travel", "GBP"),
    RevenueRow("THISTLE", 15_000, 0.04, 0.63, "food", "GBP"),
    RevenueRow("THISTLE-JP", 2_000_000, 0.10, 0.86, "food"),
    RevenueRow("HARROW", 9_500, -0.08, 0.79, "flat", "GBP"),
)


class ServiceLine(NamedTuple):
    """A part of what an account buys: its share, and what is billed for each 1 of net revenue."""

    name: str
    name_en: str
    share: float
    billed: float


SERVICE_LINES = (
    ServiceLine("メディア", "Media", 0.42, 6.5),
    ServiceLine("デジタル", "Digital", 0.23, 4.2),
    ServiceLine("クリエイティブ", "Creative", 0.22, 1.0),
    ServiceLine("制作", "Production", 0.13, 2.3),
)
FEE = ServiceLine("フィー", "Fee", 1.0, 1.0)  # the one line of a global account
