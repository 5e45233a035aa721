package dev.agora.measure.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A chart of lines over a common axis, as an SVG element.
 *
 * @param caption what the chart shows
 * @param across the name and unit of the horizontal axis
 * @param up the name and unit of the vertical axis
 * @param lines the lines, at most five
 * @param logarithmic whether equal distances on the horizontal axis are equal factors
 */
public record Chart(String caption, String across, String up, List<Line> lines, boolean logarithmic) {

	private static final List<String> COLOURS = List.of("one", "two", "three", "four", "grey");

	private static final int LEFT = 70;

	private static final int TOP = 20;

	private static final int WIDTH = 820;

	private static final int HEIGHT = 260;

	public Chart(String caption, String across, String up, List<Line> lines) {
		this(caption, across, up, lines, false);
	}

	/** Returns the caption and the chart. */
	public String svg() {
		List<Double> x = values(Point::x).toList();
		Axis horizontal = this.logarithmic ? Axis.logarithmic(x) : Axis.linear(x.stream());
		Axis vertical = Axis.linear(values(Point::y));
		StringBuilder drawn = new StringBuilder();
		vertical.ticks().forEach((tick) -> drawn.append(grid(tick, vertical)));
		horizontal.ticks()
			.forEach((tick) -> drawn
				.append(text(LEFT + horizontal.place(tick) * WIDTH - 8, TOP + HEIGHT + 16, number(tick))));
		for (int line = 0; line < this.lines.size(); line++) {
			drawn.append(draw(this.lines.get(line), COLOURS.get(line % COLOURS.size()),
					(point) -> place(point, horizontal, vertical)));
			drawn.append(legend(this.lines.get(line).name(), COLOURS.get(line % COLOURS.size()), line));
		}
		return "<h2>%s</h2><svg viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>%s%s%s</svg>".formatted(
				Html.escape(this.caption), LEFT + WIDTH + 40, TOP + HEIGHT + 60, Html.escape(this.caption), drawn,
				text(LEFT, TOP - 6, this.up), text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 32, this.across));
	}

	private Stream<Double> values(ToDoubleFunction<Point> coordinate) {
		return this.lines.stream().flatMap((line) -> line.points().stream()).map(coordinate::applyAsDouble);
	}

	private static String grid(double tick, Axis vertical) {
		double y = TOP + HEIGHT - vertical.place(tick) * HEIGHT;
		return String.format(Locale.ROOT, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT,
				LEFT + WIDTH, y, y) + text(4, y + 4, number(tick));
	}

	private static Point place(Point point, Axis horizontal, Axis vertical) {
		return new Point(LEFT + horizontal.place(point.x()) * WIDTH, TOP + HEIGHT - vertical.place(point.y()) * HEIGHT);
	}

	private static String draw(Line line, String colour, UnaryOperator<Point> place) {
		List<String> points = new ArrayList<>();
		for (Point point : line.points()) {
			Point placed = place.apply(point);
			points.add(String.format(Locale.ROOT, "%.1f,%.1f", placed.x(), placed.y()));
		}
		String marks = points.stream()
			.map((point) -> "<circle class=\"%s\" cx=\"%s\" r=\"3\"/>".formatted(colour,
					point.replace(",", "\" cy=\"")))
			.collect(Collectors.joining());
		return "<polyline class=\"%s\" style=\"fill: none; stroke-width: 2\" points=\"%s\"/>%s".formatted(colour,
				String.join(" ", points), marks);
	}

	private String legend(String name, String colour, int line) {
		double y = TOP + HEIGHT + 44;
		double x = LEFT + line * (double) WIDTH / Math.max(this.lines.size(), COLOURS.size());
		return String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"10\" height=\"10\"/>",
				colour, x, y) + text(x + 14, y + 9, name);
	}

	private static String text(double x, double y, String text) {
		return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>", x, y, Html.escape(text));
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, (value == Math.rint(value)) ? "%,.0f" : "%.2f", value);
	}

	/**
	 * A line.
	 *
	 * @param name the name in the legend
	 * @param points the points, from left to right
	 */
	public record Line(String name, List<Point> points) {

		/** Returns a line through the figures of some measurements. */
		public static <T> Line of(String name, List<T> measured, ToDoubleFunction<T> across, ToDoubleFunction<T> up) {
			return new Line(name,
					measured.stream()
						.map((each) -> new Point(across.applyAsDouble(each), Math.max(0, up.applyAsDouble(each))))
						.toList());
		}

		/** Returns a line through the figures of measurements in their order. */
		public static <T> Line inTurn(String name, List<T> measured, ToDoubleFunction<T> up) {
			List<Integer> numbers = IntStream.range(0, measured.size()).boxed().toList();
			return of(name, numbers, (number) -> number + 1, (number) -> up.applyAsDouble(measured.get(number)));
		}

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
