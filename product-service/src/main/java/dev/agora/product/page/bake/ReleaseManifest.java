package dev.agora.product.page.bake;

import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.product.page.release.PageFile;
import dev.agora.product.page.release.PageTarget;
import dev.agora.product.page.store.PageContent;

/**
 * Writes the manifest of a release in parts while its files are written, so that a
 * catalogue of any size needs the memory of one part: {@code manifest.json} lists the
 * parts, and each part lists files. Its methods are called one after the other.
 */
final class ReleaseManifest {

	private final PageTarget target;

	private final String release;

	private final JsonMapper json;

	private final int partSize;

	private final List<EntryView> parts = new ArrayList<>();

	private List<EntryView> part = new ArrayList<>();

	private long files;

	ReleaseManifest(PageTarget target, String release, JsonMapper json, int partSize) {
		this.target = target;
		this.release = release;
		this.json = json;
		this.partSize = partSize;
	}

	/** Returns the number of files so far, with those of the manifest. */
	long files() {
		return this.files;
	}

	/** Adds a file that is written. */
	Mono<Void> add(PageFile file) {
		this.files++;
		this.part.add(EntryView.of(file));
		return (this.part.size() < this.partSize) ? Mono.empty() : writePart();
	}

	/** Writes the last part and the list of the parts. */
	Mono<Void> complete() {
		Mono<Void> last = this.part.isEmpty() ? Mono.empty() : writePart();
		return last.then(Mono.defer(() -> write("manifest.json", this.parts))).then();
	}

	private Mono<Void> writePart() {
		List<EntryView> full = this.part;
		this.part = new ArrayList<>();
		return write("manifests/" + (this.parts.size() + 1) + ".json", full)
			.doOnNext((file) -> this.parts.add(EntryView.of(file)))
			.then();
	}

	private Mono<PageFile> write(String path, List<EntryView> entries) {
		this.files++;
		PageFile file = new PageFile(path, "application/json", "no-cache",
				PageContent.of(this.json.writeValueAsString(entries)));
		return this.target.write(this.release, file).thenReturn(file);
	}

	/**
	 * A file in the manifest.
	 *
	 * @param path the path of the file in the release
	 * @param mediaType the media type
	 * @param etag the entity tag of the content
	 */
	record EntryView(String path, String mediaType, String etag) {

		static EntryView of(PageFile file) {
			return new EntryView(file.path(), file.mediaType(), file.content().etag());
		}

	}

}
