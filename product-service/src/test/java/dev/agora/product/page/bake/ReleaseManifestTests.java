package dev.agora.product.page.bake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.product.page.release.DirectoryTarget;
import dev.agora.product.page.release.PageFile;
import dev.agora.product.page.store.PageContent;

import static org.assertj.core.api.Assertions.assertThat;

class ReleaseManifestTests {

	@TempDir
	private Path directory;

	@Test
	void writesAPartAsSoonAsItIsFull() throws IOException {
		ReleaseManifest manifest = new ReleaseManifest(new DirectoryTarget(this.directory), "0A", JsonMapper.shared(),
				3);
		Path release = this.directory.resolve("releases/0A");
		for (int file = 1; file <= 7; file++) {
			manifest.add(PageFile.ofPage("pages/" + file, "no-cache", PageContent.of("page " + file))).block();
			assertThat(release.resolve("manifests/" + file / 3 + ".json").toFile().exists()).isEqualTo(file >= 3);
		}
		manifest.complete().block();
		assertThat(manifest.files()).isEqualTo(7 + 3 + 1);
		assertThat(read(release, "manifests/2.json").findValuesAsString("path")).containsExactly("pages/4", "pages/5",
				"pages/6");
		assertThat(read(release, "manifests/3.json").findValuesAsString("path")).containsExactly("pages/7");
		assertThat(read(release, "manifest.json").findValuesAsString("path")).containsExactly("manifests/1.json",
				"manifests/2.json", "manifests/3.json");
	}

	private static JsonNode read(Path release, String file) throws IOException {
		return JsonMapper.shared().readTree(Files.readString(release.resolve(file)));
	}

}
