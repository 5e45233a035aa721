package dev.agora.product.page.release;

import reactor.core.publisher.Mono;

/**
 * A place from which a CDN or web server serves the pages. The pages of one run of the
 * job are a release. Readers see the whole release or the one before, and never a part.
 */
public interface PageTarget {

	/**
	 * Writes a file of a release that is not published yet; may be repeated.
	 * @param release its name; a later release has a greater one
	 * @throws TargetFailed if the target refuses the file or cannot be reached
	 */
	Mono<Void> write(String release, PageFile file);

	/**
	 * Publishes a release in one step, and removes the releases before the last one. A
	 * release that is older than the published one is ignored.
	 * @return whether the release is published
	 * @throws TargetFailed if the target refuses it or cannot be reached
	 */
	Mono<Boolean> publish(String release);

	/** Removes what is written of a release that will not be published; never fails. */
	Mono<Void> discard(String release);

}
