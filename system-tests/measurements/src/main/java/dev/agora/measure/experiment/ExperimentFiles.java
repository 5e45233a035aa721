package dev.agora.measure.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder with the page, the charts and the data of each experiment. */
public final class ExperimentFiles {

	private final Path folder;

	/** Creates the files in a folder, which is created with the first of them. */
	public ExperimentFiles(Path folder) {
		this.folder = folder;
	}

	/**
	 * Writes the files of a run in place of those of an earlier run, and the overview of
	 * all.
	 * @param reading sentences that tell how to read the charts
	 * @return the page
	 */
	public Path write(Claim claim, String reading, Findings findings, Conditions conditions) throws IOException {
		Files.createDirectories(this.folder);
		String name = claim.name() + (conditions.planted() ? Overview.PLANTED : "");
		String page = ExperimentPage.html(claim, reading, findings, conditions);
		for (String earlier : list(name + "-[0-9]*.svg")) {
			Files.delete(this.folder.resolve(earlier));
		}
		List<ChartFile> charts = conditions.planted() ? List.of() : ChartFile.allIn(findings.charts());
		List<Overview.Picture> pictures = new ArrayList<>();
		for (ChartFile chart : charts) {
			String file = "%s-%d.svg".formatted(name, pictures.size() + 1);
			Files.writeString(this.folder.resolve(file), chart.svg());
			pictures.add(new Overview.Picture(chart.caption(), file));
		}
		Files.writeString(this.folder.resolve(name + ".json"), ExperimentPage.json(claim, findings, conditions));
		Overview.Entry entry = new Overview.Entry(claim, reading, findings.checks(), conditions, pictures);
		Files.writeString(this.folder.resolve(name + Overview.SUFFIX), entry.json());
		Files.writeString(this.folder.resolve("README.md"), overview());
		return Files.writeString(this.folder.resolve(name + ".html"), page);
	}

	private String overview() throws IOException {
		List<Overview.Entry> entries = new ArrayList<>();
		for (String file : list("*" + Overview.SUFFIX)) {
			entries.add(Overview.Entry.read(Files.readString(this.folder.resolve(file))));
		}
		return new Overview(entries).markdown();
	}

	private List<String> list(String glob) throws IOException {
		List<String> names = new ArrayList<>();
		try (var files = Files.newDirectoryStream(this.folder, glob)) {
			files.forEach((file) -> names.add(file.getFileName().toString()));
		}
		return names.stream().sorted().toList();
	}

}
