package dev.agora.launcher.measure;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class ShowTests {

	@Test
	void pathsAreRelativeToTheFolderOfTheCaller() {
		Show show = CommandLine.populateCommand(new Show(), "clones", "--quick", "--out", "pages", "--data=system",
				"cap");
		assertThat(show.command()).containsExactly("show", "clones", "--quick", "cap", "--out", absolute("pages"),
				"--data", absolute("system"));
	}

	@Test
	void withoutPathsTheMeasurementsChooseThem() {
		assertThat(CommandLine.populateCommand(new Show(), "--all", "--plant").command()).containsExactly("show",
				"--all", "--plant");
	}

	private static String absolute(String path) {
		return Path.of(path).toAbsolutePath().toString();
	}

}
