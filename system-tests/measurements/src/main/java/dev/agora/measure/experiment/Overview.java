package dev.agora.measure.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The overview of experiments: their claims, verdicts and charts, and what their planted
 * faults did.
 *
 * @param entries the runs, with and without planted faults
 */
record Overview(List<Entry> entries) {

	/** The end of the name of a run with a planted fault. */
	static final String PLANTED = "-planted";

	/** The end of the names of the files that hold entries. */
	static final String SUFFIX = ".entry.json";

	private static final String HEAD = """
			# Experiments

			Each experiment shows a principle of the system by figures. This page was written by `./agora show`, which \
			also wrote the charts and the data beside it; `./agora show --list` lists the claims, what each needs and \
			how long it takes. The ratios matter, not the digits: they are of one machine.

			| experiment | verdict | with its planted fault |
			| --- | --- | --- |
			""";

	/** Returns the overview as Markdown. */
	String markdown() {
		List<Entry> measured = this.entries.stream().filter((entry) -> !entry.conditions().planted()).toList();
		return HEAD + measured.stream().map(this::row).collect(Collectors.joining())
				+ measured.stream().map(this::section).collect(Collectors.joining());
	}

	private String row(Entry entry) {
		return "| [%s](#%s) | %s%s | %s |\n".formatted(entry.claim().name(), entry.claim().name(), entry.verdict(),
				entry.conditions().quick() ? ", a trial" : "", planted(entry).map(Entry::verdict).orElse("not run"));
	}

	private Optional<Entry> planted(Entry entry) {
		return this.entries.stream()
			.filter((other) -> other.conditions().planted() && other.claim().name().equals(entry.claim().name()))
			.findFirst();
	}

	private String section(Entry entry) {
		return "\n## %s\n\n%s\n\nIt would be refuted by: %s\n\n%s\n%s%s%s\n\n%s\n".formatted(entry.claim().name(),
				entry.claim().text(), entry.claim().refutation(), checks(entry), pictures(entry), entry.reading(),
				planted(entry).map(Overview::effect).orElse(""), entry.conditions().text());
	}

	private static String effect(Entry planted) {
		return "\n\nThe planted fault: %s. Then:\n\n%s".formatted(planted.claim().fault(), checks(planted))
			.stripTrailing();
	}

	private static String checks(Entry entry) {
		return entry.checks().stream().map((check) -> "- " + check.line() + "\n").collect(Collectors.joining());
	}

	private static String pictures(Entry entry) {
		return entry.pictures()
			.stream()
			.map((picture) -> "![%s](%s)\n\n".formatted(picture.caption(), picture.file()))
			.collect(Collectors.joining());
	}

	/**
	 * A run in the overview.
	 *
	 * @param claim the claim
	 * @param reading sentences that tell how to read the charts
	 * @param checks the parts of the verdict
	 * @param conditions the conditions of the run
	 * @param pictures the charts
	 */
	record Entry(Claim claim, String reading, List<Check> checks, Conditions conditions, List<Picture> pictures) {

		private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

		static Entry read(String json) {
			return JSON.readValue(json, Entry.class);
		}

		String json() {
			return JSON.writeValueAsString(this) + "\n";
		}

		String verdict() {
			return (!this.checks.isEmpty() && this.checks.stream().allMatch(Check::holds)) ? "holds" : "does not hold";
		}

	}

	/**
	 * A chart in a file of its own.
	 *
	 * @param caption what it shows
	 * @param file the name of the file
	 */
	record Picture(String caption, String file) {
	}

}
