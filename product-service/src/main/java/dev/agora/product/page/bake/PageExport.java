package dev.agora.product.page.bake;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.product.page.PagePath;
import dev.agora.product.page.PageSettings;
import dev.agora.product.page.render.Stylesheet;
import dev.agora.product.page.store.Pages;
import dev.agora.product.page.release.PageFile;
import dev.agora.product.page.release.PageTarget;

/** Writes all stored pages, the stylesheet and a manifest of them to the target. */
public final class PageExport {

	private static final int CONCURRENCY = 16;

	/** The number of files in a part of the manifest. */
	private static final int MANIFEST_PART = 20_000;

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

	/** Writes the files of a release; emits the number of files so far. */
	Flux<Long> write(String release) {
		PageTarget to = required();
		ReleaseManifest manifest = new ReleaseManifest(to, release, this.json, MANIFEST_PART);
		return Flux.concat(Mono.just(stylesheetFile()), storedFiles())
			.flatMapSequential((file) -> to.write(release, file).thenReturn(file), CONCURRENCY)
			.concatMap((file) -> manifest.add(file).then(Mono.fromSupplier(manifest::files)))
			.concatWith(Mono.defer(() -> manifest.complete().then(Mono.fromSupplier(manifest::files))));
	}

	/** Removes what is written of a release if it cannot be written completely. */
	<T> Mono<T> discardUnless(Mono<T> written, String release) {
		PageTarget from = required();
		return Mono.usingWhen(Mono.just(release), (name) -> written, (name) -> Mono.empty(),
				(name, failure) -> from.discard(name), from::discard);
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

}
