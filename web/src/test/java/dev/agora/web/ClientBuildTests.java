package dev.agora.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class ClientBuildTests {

	private static final String SCRIPT = "export const answer = 42;\n".repeat(50);

	@TempDir
	private Path folder;

	private Path output;

	@BeforeEach
	void writeSources() throws IOException {
		this.output = this.folder.resolve("output");
		write("sources/index.html", """
				<meta name="agora-api" content="">
				<link rel="stylesheet" href="/assets/source/client.css">
				<!-- preloads -->
				""");
		write("sources/client.css", "body { margin: 0; }");
		write("sources/icon.svg", "<svg/>");
		write("sources/app/main.js", SCRIPT);
		write("sources/app/routes.js", "[{ path: '/', page: 'home' }, { path: '/members/:id/:list', page: 'member' }]");
		write("libraries/lit-html/lit-html.js", "export {}");
	}

	@Test
	void givesAllFilesAnAddressThatChangesWithAnyOfThem() throws IOException {
		build("");
		String first = address();
		build("");
		assertThat(address()).isEqualTo(first);
		write("sources/client.css", "body { margin: 1px; }");
		build("");
		assertThat(address()).isNotEqualTo(first).matches("[0-9a-f]{16}");
		assertThat(this.output.resolve("assets").toFile().list()).containsExactly(address());
	}

	@Test
	void namesTheAddressInTheDocument() throws IOException {
		build("https://api.example.com");
		assertThat(Files.readString(this.output.resolve("index.html")).lines()).containsExactly(
				"<meta name=\"agora-api\" content=\"https://api.example.com\">",
				"<link rel=\"stylesheet\" href=\"/assets/" + address() + "/client.css\">",
				"<link rel=\"modulepreload\" href=\"/assets/" + address() + "/app/main.js\">",
				"<link rel=\"modulepreload\" href=\"/assets/" + address() + "/app/routes.js\">",
				"<link rel=\"modulepreload\" href=\"/assets/" + address() + "/libraries/lit-html/lit-html.js\">");
	}

	@Test
	void listsThePathsOfThePages() throws IOException {
		build("");
		assertThat(this.output.resolve("routes.txt")).hasContent("/\n/members/{id}/{list}\n");
	}

	@Test
	void compressesTextsThatBecomeSmaller() throws IOException {
		build("");
		Path app = this.output.resolve("assets").resolve(address()).resolve("app");
		byte[] gzip = Files.readAllBytes(app.resolve("main.js.gz"));
		assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip))).hasContent(SCRIPT);
		assertThat(files()).doesNotContain("icon.svg.gz", "icon.svg.br", "lit-html.js.gz");
	}

	@Test
	void compressesWithBrotliWhereItIsAvailable() throws IOException {
		assumeThat(Brotli4jLoader.isAvailable()).isTrue();
		build("");
		byte[] brotli = Files
			.readAllBytes(this.output.resolve("assets").resolve(address()).resolve("app").resolve("main.js.br"));
		assertThat(new BrotliInputStream(new ByteArrayInputStream(brotli))).hasContent(SCRIPT);
	}

	private void build(String api) throws IOException {
		ClientBuild.main(new String[] { this.folder.resolve("sources").toString(),
				this.folder.resolve("libraries").toString(), this.output.toString(), "api=" + api });
	}

	private String address() throws IOException {
		try (Stream<Path> folders = Files.list(this.output.resolve("assets"))) {
			return folders.map((path) -> path.getFileName().toString()).findFirst().orElseThrow();
		}
	}

	private List<String> files() throws IOException {
		try (Stream<Path> all = Files.walk(this.output)) {
			return all.map((path) -> path.getFileName().toString()).toList();
		}
	}

	private void write(String name, String text) throws IOException {
		Path file = this.folder.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

}
