package dev.agora.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The project is written in the words of its glossary. */
class WordingTests {

	@Test
	void noFileHasAnAvoidedWord() throws IOException {
		Wording wording = Wording.load();
		List<String> found = new ArrayList<>();
		List<Path> files = Wording.files();
		for (Path file : files) {
			found.addAll(wording.findIn(Modules.root().relativize(file).toString(), Files.readString(file)));
		}
		assertThat(files).hasSizeGreaterThan(500);
		assertThat(found).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "Javadoc.java, name the subject", "Comment.java, again", "Message.java, unavailable",
			"TextBlock.java, continues", "values.yaml, name the subject", "page.md, name the subject",
			"openapi.json, name the subject" })
	void findsAPlantedViolation(String file, String better) throws IOException {
		assertThat(findInPlanted(file)).singleElement().asString().startsWith(file).contains("write " + better);
	}

	@Test
	void allowsQuestionsAndCode() throws IOException {
		assertThat(findInPlanted("Question.java")).isEmpty();
	}

	private static List<String> findInPlanted(String file) throws IOException {
		return Wording.load()
			.findIn(file, Files.readString(Wording.RESOURCES.resolve("wording-planted").resolve(file)));
	}

}
