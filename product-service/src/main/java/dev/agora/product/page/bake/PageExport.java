package dev.agora.product.page.bake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.product.page.PagePath;
import dev.agora.product.page.PageSettings;
import dev.agora.product.page.render.Stylesheet;
import dev.agora.product.page.store.PageContent;
import dev.agora.product.page.store.Pages;
import dev.agora.product.page.release.PageFile;
import dev.agora.product.page.release.PageTarget;

/** Writes all stored pages, the stylesheet and a manifest of them to the target. */
public final class PageExport {

	private static final int CONCURRENCY = 16;

	private static final String FOR_EVER = "public, max-age=31536000, immutable";

	private final Pages pages;

	private final Stylesheet stylesheet;

	private final PageSettings settings;

	private final JsonMapper json;

	private final @Nullable PageTarget target;

	public PageExport(Pages pages, Stylesheet stylesheet, PageSettings settings, JsonMapper json,
			Optional<PageTarget> target) {
		this.pages = pages;
		this.stylesheet = stylesheet;
		this.settings = settings;
		this.json = json;
		this.target = target.orElse(null);
	}

	boolean isEnabled() {
		return this.target != null;
	}

	/**
	 * Writes the files of a release; emits the number of files so far. It may be repeated
	 * for the same release.
	 */
	Flux<Long> write(String release) {
		PageTarget to = required();
		List<ManifestEntryView> manifest = Collections.synchronizedList(new ArrayList<>());
		return Flux.concat(Mono.just(stylesheetFile()), storedFiles())
			.flatMap((file) -> to.write(release, file).thenReturn(ManifestEntryView.of(file)), CONCURRENCY)
			.doOnNext(manifest::add)
			.index((index, entry) -> index + 1)
			.concatWith(Mono.defer(() -> to.write(release, manifestFile(manifest)).thenReturn(manifest.size() + 1L)));
	}

	/** Publishes a release whose files are written. */
	Mono<Boolean> publish(String release) {
		return required().publish(release);
	}

	private PageTarget required() {
		PageTarget set = this.target;
		if (set == null) {
			throw new IllegalStateException("There is no target for pages.");
		}
		return set;
	}

	private Flux<PageFile> storedFiles() {
		String control = String.valueOf(this.settings.cacheControl().getHeaderValue());
		return this.pages.scanContents()
			.map((page) -> PageFile.ofPage(PagePath.toPublic(page.path()).substring(1), control, page.content()));
	}

	private PageFile stylesheetFile() {
		return new PageFile(this.stylesheet.path().substring(1), PageFile.CSS, FOR_EVER, this.stylesheet.content());
	}

	private PageFile manifestFile(List<ManifestEntryView> entries) {
		List<ManifestEntryView> sorted = entries.stream().sorted().toList();
		return new PageFile("manifest.json", "application/json", "no-cache",
				PageContent.of(this.json.writeValueAsString(sorted)));
	}

	/**
	 * A file in the manifest.
	 *
	 * @param path the path of the file in the release
	 * @param mediaType the media type
	 * @param etag the entity tag under which this service serves the content
	 */
	record ManifestEntryView(String path, String mediaType, String etag) implements Comparable<ManifestEntryView> {

		static ManifestEntryView of(PageFile file) {
			return new ManifestEntryView(file.path(), file.mediaType(), file.content().etag());
		}

		@Override
		public int compareTo(ManifestEntryView other) {
			return this.path.compareTo(other.path);
		}

	}

}
