package dev.agora.measure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.agora.measure.CapSample.Outcome;
import dev.agora.measure.history.Level;

/** A page with a chart of the experiment, without anything from elsewhere. */
final class CapPage {

	private static final int LEFT = 130;

	private static final int WIDTH = 960;

	private static final int LANE = 26;

	private static final String STYLE = """
			:root { color-scheme: light dark; --ink: #1c1f24; --paper: #fff; --band: #e8eaee; --newest: #2f7d4f;
			  --aged: #4a78c8; --older: #c58a1c; --refused: #8b909a; --broken: #d0202f; }
			@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --paper: #16181c; --band: #2a2e35;
			  --newest: #5fbf85; --aged: #86aef0; --older: #e5b455; --refused: #7d838d; --broken: #ff5c68; } }
			body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
			  max-width: 1000px; margin: 2rem auto; padding: 0 1rem; }
			svg { width: 100%; height: auto; } text { fill: var(--ink); font-size: 12px; }
			table { border-collapse: collapse; font-size: 13px; } td, th { padding: 2px 8px; text-align: right; }
			td:nth-child(-n+4), th:nth-child(-n+4) { text-align: left; }
			.band { fill: var(--band); } .NEWEST { fill: var(--newest); } .AGED { fill: var(--aged); }
			.OLDER { fill: var(--older); } .REFUSED { fill: var(--refused); } .BROKEN { fill: var(--broken); }
			""";

	private CapPage() {
	}

	static String of(List<CapPart> parts) {
		return """
				<!DOCTYPE html>
				<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
				<title>What each level of consistency answers</title><style>%s</style></head><body>
				<h1>What each level of consistency answers while a store is cut off</h1>
				<p>Each mark is a read by a client that has just written. A mark is as wide as the read took.
				The store was unavailable in the grey band. Red marks would break a promise.</p>%s%s
				<table><tr>%s</tr>%s</table></body></html>
				""".formatted(STYLE, legend(), charts(parts), cells("th", header()), rows(parts));
	}

	private static String charts(List<CapPart> parts) {
		return parts.stream().map(CapPage::chart).collect(Collectors.joining());
	}

	private static String legend() {
		return Stream.of(Outcome.values())
			.map((outcome) -> "<svg style=\"width:12px\" viewBox=\"0 0 12 12\"><rect class=\"%s\" width=\"12\" height=\"12\"/></svg> %s &emsp;"
				.formatted(outcome, outcome.text()))
			.collect(Collectors.joining("", "<p>", "</p>"));
	}

	private static String chart(CapPart part) {
		StringBuilder lanes = new StringBuilder();
		int lane = 0;
		for (String object : List.of("product", "feed")) {
			for (Level level : Level.values()) {
				lanes.append(lane(part, object, level, lane++));
			}
		}
		int height = lane * LANE;
		Box band = new Box(x(part, part.cut()), 0, x(part, part.restored()) - x(part, part.cut()), height);
		return "<h2>%s</h2><svg viewBox=\"0 0 %d %d\" role=\"img\">%s%s%s</svg>".formatted(part.store(), LEFT + WIDTH,
				height + 20, rect("band", band), lanes, seconds(part, height + 15));
	}

	private static String lane(CapPart part, String object, Level level, int lane) {
		int top = lane * LANE + 4;
		String marks = part.samples()
			.stream()
			.filter((sample) -> sample.object().equals(object) && sample.level() == level)
			.map((sample) -> rect(sample.outcome().name(),
					new Box(x(part, sample.second()), top,
							Math.max(1.5, sample.milliseconds() / 1000 / part.end() * WIDTH), LANE - 8)))
			.collect(Collectors.joining());
		return "<text x=\"0\" y=\"%d\">%s, %s</text>%s".formatted(top + 13, object, level.header(), marks);
	}

	private static String seconds(CapPart part, int y) {
		StringBuilder labels = new StringBuilder();
		for (int second = 0; second < part.end(); second += 5) {
			labels.append("<text x=\"%.0f\" y=\"%d\">%d s</text>".formatted(x(part, second), y, second));
		}
		return labels.toString();
	}

	private static String rect(String style, Box box) {
		return String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
				style, box.x(), box.y(), box.width(), box.height());
	}

	private static double x(CapPart part, double second) {
		return LEFT + second / part.end() * WIDTH;
	}

	private static Stream<?> header() {
		return Stream.of("cut off", "read", "level", "phase", "reads", "own last write", "older, with Age",
				"older, without a sign", "refused", "older than promised", "p99 ms");
	}

	private static String rows(List<CapPart> parts) {
		return CapTable.rows(parts)
			.map((row) -> "<tr>" + cells("td", Stream.of(row.cells())) + "</tr>\n")
			.collect(Collectors.joining());
	}

	private static String cells(String tag, Stream<?> cells) {
		return cells.map((cell) -> "<%s>%s</%s>".formatted(tag, cell, tag)).collect(Collectors.joining());
	}

	/** The place of a mark in a chart. */
	private record Box(double x, int y, double width, int height) {
	}

}
