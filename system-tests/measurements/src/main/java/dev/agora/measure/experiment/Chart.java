package dev.agora.measure.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A chart of lines over a common axis, as an SVG element.
 *
 * @param caption what the chart shows
 * @param across the name and unit of the horizontal axis
 * @param up the name and unit of the vertical axis
 * @param lines the lines, at most five
 */
public record Chart(String caption, String across, String up, List<Line> lines) {

	private static final List<String> COLOURS = List.of("one", "two", "three", "four", "grey");

	private static final int LEFT = 70;

	private static final int TOP = 20;

	private static final int WIDTH = 820;

	private static final int HEIGHT = 260;

	private static final int STEPS = 4;

	private static final List<Double> ROUND = List.of(1.0, 2.0, 2.5, 5.0);

	/** Returns the caption and the chart. */
	public String svg() {
		StringBuilder drawn = new StringBuilder();
		for (int step = 0; step <= STEPS; step++) {
			drawn.append(grid(step));
		}
		for (int line = 0; line < this.lines.size(); line++) {
			drawn.append(draw(this.lines.get(line), COLOURS.get(line % COLOURS.size()), line));
		}
		return "<h2>%s</h2><svg viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>%s%s%s</svg>".formatted(
				Html.escape(this.caption), LEFT + WIDTH + 40, TOP + HEIGHT + 60, Html.escape(this.caption), drawn,
				text(LEFT, TOP - 6, this.up), text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 32, this.across));
	}

	private String grid(int step) {
		double part = (double) step / STEPS;
		double y = TOP + HEIGHT - part * HEIGHT;
		return String.format(Locale.ROOT, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT,
				LEFT + WIDTH, y, y) + text(4, y + 4, number(part * end(false)))
				+ text(LEFT + part * WIDTH - 8, TOP + HEIGHT + 16, number(part * end(true)));
	}

	private String draw(Line line, String colour, int number) {
		List<String> points = new ArrayList<>();
		for (Point point : line.points()) {
			points.add(String.format(Locale.ROOT, "%.1f,%.1f", LEFT + point.x() / end(true) * WIDTH,
					TOP + HEIGHT - point.y() / end(false) * HEIGHT));
		}
		String marks = points.stream()
			.map((point) -> "<circle class=\"%s\" cx=\"%s\" r=\"3\"/>".formatted(colour,
					point.replace(",", "\" cy=\"")))
			.collect(Collectors.joining());
		double y = TOP + HEIGHT + 44;
		double x = LEFT + number * 160.0;
		return "<polyline class=\"%s\" style=\"fill: none; stroke-width: 2\" points=\"%s\"/>%s".formatted(colour,
				String.join(" ", points), marks)
				+ String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"10\" height=\"10\"/>",
						colour, x, y)
				+ text(x + 14, y + 9, line.name());
	}

	/** Returns the end of an axis, which is rounded up so that its labels are round. */
	private double end(boolean across) {
		double step = highest(across) / STEPS;
		double unit = Math.pow(10, Math.floor(Math.log10(step)));
		return STEPS * unit * ROUND.stream().filter((factor) -> factor * unit >= step).findFirst().orElse(10.0);
	}

	private double highest(boolean across) {
		return this.lines.stream()
			.flatMap((line) -> line.points().stream())
			.mapToDouble((point) -> across ? point.x() : point.y())
			.max()
			.stream()
			.filter((highest) -> highest > 0)
			.findFirst()
			.orElse(1);
	}

	private static String text(double x, double y, String text) {
		return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>", x, y, Html.escape(text));
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, (value == Math.rint(value)) ? "%.0f" : "%.2f", value);
	}

	/**
	 * A line.
	 *
	 * @param name the name in the legend
	 * @param points the points, from left to right
	 */
	public record Line(String name, List<Point> points) {
	}

	/**
	 * A measured point.
	 *
	 * @param x its place on the horizontal axis, not negative
	 * @param y its place on the vertical axis, not negative
	 */
	public record Point(double x, double y) {
	}

}
