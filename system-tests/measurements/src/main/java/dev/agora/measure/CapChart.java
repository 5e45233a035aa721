package dev.agora.measure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.agora.measure.CapSample.Outcome;
import dev.agora.measure.history.Level;

/** The reads of the experiment as marks on a time line for each object and level. */
final class CapChart {

	private static final int LEFT = 130;

	private static final int WIDTH = 960;

	private static final int LANE = 26;

	private static final Map<Outcome, String> COLOURS = Map.of(Outcome.NEWEST, "three", Outcome.AGED, "one",
			Outcome.OLDER, "two", Outcome.REFUSED, "grey", Outcome.BROKEN, "red");

	private CapChart() {
	}

	static String of(List<CapPart> parts) {
		return "<p>Each mark is a read by a client that has just written. A mark is as wide as the read took. "
				+ "The store was unavailable in the grey band.</p>" + legend()
				+ parts.stream().map(CapChart::chart).collect(Collectors.joining());
	}

	private static String legend() {
		return Stream.of(Outcome.values())
			.map((outcome) -> "<svg style=\"width:12px\" viewBox=\"0 0 12 12\"><rect class=\"%s\" width=\"12\" height=\"12\"/></svg> %s &emsp;"
				.formatted(COLOURS.get(outcome), outcome.text()))
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
			.map((sample) -> rect(String.valueOf(COLOURS.get(sample.outcome())),
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

	/** The place of a mark in a chart. */
	private record Box(double x, int y, double width, int height) {
	}

}
