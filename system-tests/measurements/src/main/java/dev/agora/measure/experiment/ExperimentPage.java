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

	private static final String STYLE = """
			:root { color-scheme: light dark; --ink: #1c1f24; --paper: #fff; --band: #e8eaee; --grid: #c9cdd4;
			  --one: #4a78c8; --two: #c58a1c; --three: #2f7d4f; --four: #8b5fbf; --five: #2a97a5;
			  --grey: #8b909a; --red: #d0202f; }
			@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --paper: #16181c; --band: #2a2e35;
			  --grid: #3c414a; --one: #86aef0; --two: #e5b455; --three: #5fbf85; --four: #b795e0; --five: #63c5d1;
			  --grey: #7d838d; --red: #ff5c68; } }
			body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
			  max-width: 1000px; margin: 2rem auto; padding: 0 1rem; }
			svg { width: 100%; height: auto; } text { fill: var(--ink); font-size: 12px; }
			table { border-collapse: collapse; font-size: 13px; margin: 1rem 0; }
			td, th { padding: 2px 8px; text-align: left; border-bottom: 1px solid var(--grid); }
			.band { fill: var(--band); } .grid { stroke: var(--grid); } .fails { color: var(--red); }
			.one { fill: var(--one); stroke: var(--one); } .two { fill: var(--two); stroke: var(--two); }
			.three { fill: var(--three); stroke: var(--three); } .four { fill: var(--four); stroke: var(--four); }
			.five { fill: var(--five); stroke: var(--five); }
			.grey { fill: var(--grey); stroke: var(--grey); } .red { fill: var(--red); stroke: var(--red); }
			""";

	private ExperimentPage() {
	}

	/** Returns the page as HTML. */
	public static String html(Claim claim, Findings findings, Conditions conditions) {
		return """
				<!DOCTYPE html>
				<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
				<title>%s</title><style>%s</style></head><body>
				<h1>%s</h1>
				<p>What would prove it wrong: %s</p>
				<p><strong>%s</strong></p><ul>%s</ul>
				%s
				<p>%s</p>
				</body></html>
				""".formatted(Html.escape(claim.name()), STYLE, Html.escape(claim.text()),
				Html.escape(claim.refutation()), findings.verdict(), checks(findings), figures(findings),
				Html.escape(conditions.text()));
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
