package dev.agora.measure.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page that shows an experiment without scripts and without anything from elsewhere,
 * and its data as JSON.
 */
public final class ExperimentPage {

	private static final String STYLE = ChartStyle.CSS + """
			body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
			  max-width: 1000px; margin: 2rem auto; padding: 0 1rem; }
			svg { width: 100%; height: auto; }
			table { border-collapse: collapse; font-size: 13px; margin: 1rem 0; }
			td, th { padding: 2px 8px; text-align: left; border-bottom: 1px solid var(--grid); }
			.fails { color: var(--red); }
			""";

	private ExperimentPage() {
	}

	/**
	 * Returns the page as HTML.
	 * @param reading sentences that tell how to read the charts
	 */
	public static String html(Claim claim, String reading, Findings findings, Conditions conditions) {
		return """
				<!DOCTYPE html>
				<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
				<title>%s</title><style>%s</style></head><body>
				<h1>%s</h1>
				<p>It would be refuted by: %s</p>
				<p><strong>%s</strong></p><ul>%s</ul>
				<p>%s</p>
				%s
				<p>%s</p>
				</body></html>
				""".formatted(Html.escape(claim.name()), STYLE, Html.escape(claim.text()),
				Html.escape(claim.refutation()), findings.verdict(), checks(findings), Html.escape(reading),
				figures(findings), Html.escape(conditions.text()));
	}

	private static String checks(Findings findings) {
		return findings.checks()
			.stream()
			.map((check) -> "<li%s>%s</li>".formatted(check.holds() ? "" : " class=\"fails\"",
					Html.escape(check.line())))
			.collect(Collectors.joining());
	}

	private static String figures(Findings findings) {
		return String.join("\n", findings.charts())
				+ findings.tables().stream().map(Table::html).collect(Collectors.joining());
	}

	/** Returns all data as JSON. */
	public static String json(Claim claim, Findings findings, Conditions conditions) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("claim", claim);
		data.put("conditions", conditions);
		data.put("holds", findings.hold());
		data.put("checks", findings.checks());
		data.put("tables", findings.tables());
		data.put("raw", findings.raw());
		return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(data) + "\n";
	}

}
