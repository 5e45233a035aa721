package dev.agora.feed.exports;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.platform.exports.ExportPartEvent;
import dev.agora.platform.member.MemberRemoval;

/**
 * Puts exports together from the chunks that the services send, and removes them. A chunk
 * of a removed export is discarded.
 */
public final class ExportAssembly implements MemberRemoval {

	private final Exports exports;

	private final ExportChunks chunks;

	public ExportAssembly(Exports exports, ExportChunks chunks) {
		this.exports = exports;
		this.chunks = chunks;
	}

	/** Stores a chunk of a part that is lacking; may be repeated. */
	Mono<Void> add(ExportPartEvent.Collected chunk) {
		String run = ExportChunks.runOf(chunk.export(), chunk.service(), chunk.run());
		return findAwaiting(chunk.export(), chunk.service())
			.flatMap((export) -> this.chunks.put(run, chunk.number(), chunk.text(), export.value().expiresAt())
				.then(Mono.defer(() -> discardIfRemoved(chunk.export()))));
	}

	/**
	 * Accepts a part if all of its chunks are stored; may be repeated.
	 * @throws IllegalStateException if a chunk could not be stored, so that the export
	 * stays incomplete until it is replayed or the part is collected again
	 */
	Mono<Void> complete(ExportPartEvent.Completed part) {
		String run = ExportChunks.runOf(part.export(), part.service(), part.run());
		return findAwaiting(part.export(), part.service()).flatMap((export) -> this.chunks.measure(run))
			.map((size) -> toPart(part, size))
			.flatMap((complete) -> this.exports.add(part.export(), complete)
				.then(Mono.defer(() -> this.chunks.deleteOtherRuns(part.export(), part.service(), run))));
	}

	/** Removes an export with its chunks; may be repeated. */
	Mono<Void> remove(String export) {
		return this.exports.remove(export).then(Mono.defer(() -> this.chunks.deleteAll(export)));
	}

	/** Removes the exports of a member before another one. */
	Mono<Void> removeBefore(String export, String member) {
		return this.exports.list(member)
			.map(Stored::id)
			.filter((id) -> id.compareTo(export) < 0)
			.concatMap(this::remove)
			.then();
	}

	@Override
	public Mono<Void> removeAllOf(String memberId) {
		return this.exports.list(memberId).map(Stored::id).concatMap(this::remove).then();
	}

	private Mono<Stored<Export>> findAwaiting(String export, String service) {
		return this.exports.find(export).filter((found) -> found.value().awaits(service));
	}

	/**
	 * The export may have been removed since it was found, and its chunks before this one
	 * was stored.
	 */
	private Mono<Void> discardIfRemoved(String export) {
		return this.exports.find(export)
			.hasElement()
			.flatMap((exists) -> exists ? Mono.empty() : this.chunks.deleteAll(export));
	}

	private static ExportPart toPart(ExportPartEvent.Completed part, ExportChunks.Size size) {
		if (size.chunks() != part.chunks()) {
			throw new IllegalStateException("The export " + part.export() + " has " + size.chunks() + " of the "
					+ part.chunks() + " chunks of " + part.service() + ".");
		}
		return new ExportPart(part.service(), part.run(), part.chunks(), part.records(), size.bytes());
	}

}
