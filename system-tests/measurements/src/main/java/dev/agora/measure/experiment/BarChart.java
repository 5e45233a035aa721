package dev.agora.measure.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A chart of horizontal bars, each of which consists of parts, as an SVG element.
 *
 * @param caption what the chart shows
 * @param unit the name and unit of the lengths
 * @param parts the names of the parts in the order of the bars, at most six
 * @param bars the bars
 */
public record BarChart(String caption, String unit, List<String> parts, List<Bar> bars) {

	private static final List<String> COLOURS = List.of("one", "two", "three", "four", "five", "grey");

	private static final int LEFT = 170;

	private static final int WIDTH = 660;

	private static final int TOP = 24;

	private static final int ROW = 26;

	private static final int LEGEND = 140;

	/** The height of a bar, and the side of a square in the legend. */
	private static final int SQUARE = 16;

	/** Returns the caption and the chart. */
	public String svg() {
		StringBuilder drawn = new StringBuilder();
		for (int number = 0; number < this.bars.size(); number++) {
			drawn.append(draw(this.bars.get(number), TOP + ROW * number));
		}
		int bottom = TOP + ROW * this.bars.size() + 8;
		for (int part = 0; part < this.parts.size(); part++) {
			drawn.append(rectangle(COLOURS.get(part), part * LEGEND, bottom - 4, SQUARE))
				.append(text(part * LEGEND + SQUARE + 4, bottom + 9, this.parts.get(part)));
		}
		return "<h2>%s</h2><svg viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>%s%s</svg>".formatted(
				Html.escape(this.caption), LEFT + WIDTH + 100, bottom + 20, Html.escape(this.caption),
				text(LEFT, TOP - 10, this.unit), drawn);
	}

	private String draw(Bar bar, double y) {
		double longest = this.bars.stream().mapToDouble(Bar::length).max().orElse(0);
		double scale = (longest > 0) ? WIDTH / longest : 0;
		StringBuilder drawn = new StringBuilder(text(0, y + 13, bar.name()));
		double x = LEFT;
		for (int part = 0; part < this.parts.size(); part++) {
			double length = Math.max(0, bar.lengths().getOrDefault(this.parts.get(part), 0.0)) * scale;
			drawn.append(rectangle(COLOURS.get(part), x, y, length));
			x += length;
		}
		return drawn.append(text(x + 6, y + 13, String.format(Locale.ROOT, "%.3g", bar.length()))).toString();
	}

	private static String rectangle(String colour, double x, double y, double width) {
		return String.format(Locale.ROOT,
				"<rect class=\"%s\" style=\"stroke: none\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>",
				colour, x, y, width, SQUARE);
	}

	private static String text(double x, double y, String text) {
		return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>", x, y, Html.escape(text));
	}

	/**
	 * A bar.
	 *
	 * @param name the name beside the bar
	 * @param lengths the length of each part by its name, not negative
	 */
	public record Bar(String name, Map<String, Double> lengths) {

		double length() {
			return this.lengths.values().stream().mapToDouble((length) -> Math.max(0, length)).sum();
		}

	}

}
