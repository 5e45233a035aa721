package dev.agora.measure.experiment;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of figures.
 *
 * @param header the names of the columns
 * @param rows the cells of each row
 */
public record Table(List<String> header, List<List<String>> rows) {

	/** Returns the table as Markdown. */
	public String markdown() {
		return line(this.header) + "| --- ".repeat(this.header.size()) + "|\n"
				+ this.rows.stream().map(Table::line).collect(Collectors.joining());
	}

	String html() {
		return "<table><tr>%s</tr>%s</table>\n".formatted(cells("th", this.header),
				this.rows.stream().map((row) -> "<tr>" + cells("td", row) + "</tr>\n").collect(Collectors.joining()));
	}

	private static String line(List<String> cells) {
		return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
	}

	private static String cells(String tag, List<String> cells) {
		return cells.stream()
			.map((cell) -> "<%s>%s</%s>".formatted(tag, Html.escape(cell), tag))
			.collect(Collectors.joining());
	}

}
