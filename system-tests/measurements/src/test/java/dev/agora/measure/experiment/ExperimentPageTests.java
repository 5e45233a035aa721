package dev.agora.measure.experiment;

import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ExperimentPageTests {

	private static final Claim CLAIM = new Claim("sample", "A < B & C holds.", "One \"x\" > y.", "B is ignored",
			new Claim.Effort("a minute", "10 s", "nothing"));

	private static final Conditions CONDITIONS = new Conditions(Instant.parse("2026-11-27T12:00:00Z"),
			"2 cores, load 1.", "Commit 1234.", true, true);

	private static final Chart CHART = new Chart("Cost <of> a post", "share, %", "ms",
			List.of(new Chart.Line("one & two", List.of(new Chart.Point(0, 1.5), new Chart.Point(100, 3)))));

	@Test
	void aClaimHoldsIfAllChecksHold() {
		assertThat(findings(true, true).hold()).isTrue();
		assertThat(findings(true, false).hold()).isFalse();
		assertThat(new Findings(List.of(), List.of(), List.of(), "").hold()).isFalse();
	}

	@Test
	void thePageHasVerdictConditionsAndFigures() {
		String page = ExperimentPage.html(CLAIM, "Up is < worse.", findings(true, false), CONDITIONS);
		assertThat(page).contains("<h1>A &lt; B &amp; C holds.</h1>", "The claim does not hold.",
				"<li class=\"fails\">fails: second</li>", "<li>holds: first</li>", "A fault was planted",
				"The quick form: a trial", "2026-11-27T12:00:00Z. 2 cores, load 1. Commit 1234.",
				"<p>Up is &lt; worse.</p>", "<th>name</th>", "<td>&lt;1&gt;</td>");
	}

	@Test
	void thePageNeedsNothingFromElsewhere() {
		assertThat(ExperimentPage.html(CLAIM, "Up is < worse.", findings(true, true), CONDITIONS))
			.doesNotContain("http", "<script", "<link", "src=", "url(", "@import");
	}

	@Test
	void aChartIsWellFormedAndPlacesPointsInProportion() throws Exception {
		Document svg = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader("<x>" + CHART.svg() + "</x>")));
		assertThat(svg.getElementsByTagName("polyline").item(0).getAttributes().getNamedItem("points").getNodeValue())
			.isEqualTo("70.0,182.5 890.0,85.0");
	}

	@Test
	void aLogarithmicAxisHasEqualDistancesForEqualFactors() {
		List<Chart.Point> points = List.of(new Chart.Point(1_000, 1), new Chart.Point(10_000, 1),
				new Chart.Point(100_000, 1));
		Chart chart = new Chart("c", "members", "us", List.of(new Chart.Line("read", points)), true);
		assertThat(chart.svg()).contains("points=\"70.0,20.0 480.0,20.0 890.0,20.0\"", ">1,000<", ">100,000<");
	}

	@Test
	void theDataAreJson() {
		JsonNode data = JsonMapper.shared().readTree(ExperimentPage.json(CLAIM, findings(true, false), CONDITIONS));
		assertThat(data.at("/claim/name").asString()).isEqualTo("sample");
		assertThat(data.path("holds").asBoolean(true)).isFalse();
		assertThat(data.at("/conditions/planted").asBoolean()).isTrue();
		assertThat(data.at("/raw/points/1").asInt()).isEqualTo(3);
	}

	@Test
	void aTableIsMarkdown() {
		assertThat(findings(true, true).tables().get(0).markdown())
			.isEqualTo("| name | value |\n| --- | --- |\n| <1> | 2 |\n");
	}

	private static Findings findings(boolean first, boolean second) {
		return new Findings(List.of(new Check("first", first), new Check("second", second)),
				List.of(new Table(List.of("name", "value"), List.of(List.of("<1>", "2")))), List.of(CHART.svg()),
				Map.of("points", List.of(1, 3)));
	}

}
