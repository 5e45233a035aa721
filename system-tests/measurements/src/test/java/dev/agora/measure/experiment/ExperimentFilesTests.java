package dev.agora.measure.experiment;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExperimentFilesTests {

	private static final Chart CHART = new Chart("Cost <of> a post", "share, %", "ms",
			List.of(new Chart.Line("measured", List.of(new Chart.Point(0, 1), new Chart.Point(100, 3)))));

	@TempDir
	private Path folder = Path.of("");

	@Test
	void eachChartIsAPictureThatNeedsNoPage() throws Exception {
		write("sample", true, false, List.of("<p>Legend</p>" + CHART.svg(), CHART.svg()));
		Element picture = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader(read("sample-2.svg"))))
			.getDocumentElement();
		assertThat(picture.getAttribute("xmlns")).isEqualTo("http://www.w3.org/2000/svg");
		assertThat(picture.getElementsByTagName("style").item(0).getTextContent())
			.contains("prefers-color-scheme: dark", "--paper");
		assertThat(picture.getElementsByTagName("polyline").getLength()).isEqualTo(1);
	}

	@Test
	void theOverviewHasClaimVerdictChartAndReadingOfEachExperiment() throws IOException {
		write("one", true, false, List.of(CHART.svg()));
		write("two", false, false, List.of());
		assertThat(read("README.md")).contains("| [one](#one) | holds | not run |",
				"| [two](#two) | does not hold | not run |", "The claim of one.", "It would be refuted by: a red mark.",
				"- fails: 2 of 3", "![Cost <of> a post](one-1.svg)", "Up is worse.", "2 cores. Commit 1.");
	}

	@Test
	void theOverviewTellsWhatThePlantedFaultDid() throws IOException {
		write("one", true, false, List.of(CHART.svg()));
		write("one", false, true, List.of(CHART.svg()));
		assertThat(read("README.md")).contains("| [one](#one) | holds | does not hold |",
				"The planted fault: a global lock. Then:\n\n- fails: 2 of 3");
		assertThat(this.folder.resolve("one-planted-1.svg")).doesNotExist();
		assertThat(this.folder.resolve("one-planted.html")).exists();
	}

	@Test
	void aRunReplacesAllPicturesOfTheRunBefore() throws IOException {
		write("one", true, false, List.of(CHART.svg(), CHART.svg()));
		write("one", true, false, List.of(CHART.svg()));
		assertThat(this.folder.resolve("one-1.svg")).exists();
		assertThat(this.folder.resolve("one-2.svg")).doesNotExist();
	}

	private void write(String name, boolean holds, boolean planted, List<String> charts) throws IOException {
		Claim claim = new Claim(name, "The claim of " + name + ".", "a red mark.", "a global lock",
				new Claim.Effort("a minute", "10 s", "nothing"));
		new ExperimentFiles(this.folder).write(claim, "Up is worse.",
				new Findings(List.of(new Check("2 of 3", holds)), List.of(), charts, List.of()),
				new Conditions(Instant.parse("2026-11-27T12:00:00Z"), "2 cores.", "Commit 1.", false, planted));
	}

	private String read(String file) throws IOException {
		return Files.readString(this.folder.resolve(file));
	}

}
