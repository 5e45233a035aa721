package dev.agora.measure.experiment;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A chart as a file of its own.
 *
 * @param caption what it shows
 * @param svg the file
 */
record ChartFile(String caption, String svg) {

	private static final Pattern CHART = Pattern.compile("<h2>([^<]*)</h2>\\s*<svg (.*?</svg>)", Pattern.DOTALL);

	/** Finds the charts with a caption in the elements of a page. */
	static List<ChartFile> allIn(List<String> elements) {
		return elements.stream()
			.flatMap((element) -> CHART.matcher(element).results())
			.map((found) -> new ChartFile(Html.unescape(found.group(1)), file(found.group(2))))
			.toList();
	}

	/** A picture has no background of its own, so the page of its colours is drawn. */
	private static String file(String rest) {
		int end = rest.indexOf('>') + 1;
		return "<svg xmlns=\"http://www.w3.org/2000/svg\" %s<style>%s</style>%s%s\n".formatted(rest.substring(0, end),
				ChartStyle.CSS + ChartStyle.FILE, "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>",
				rest.substring(end));
	}

}
