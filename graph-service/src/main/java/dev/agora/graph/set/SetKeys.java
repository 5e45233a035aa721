package dev.agora.graph.set;

import java.util.Locale;

import dev.agora.graph.tie.TieKind;

/**
 * The keys of a set in Redis. The braces keep a set in one hash slot with its state.
 */
final class SetKeys {

	private SetKeys() {
	}

	/** The key of a whole set. */
	static String of(TieKind kind, String owner) {
		return "graph:" + kind.name().toLowerCase(Locale.ROOT) + ":v1:{" + owner + "}";
	}

	/** The key of the version and the lease of a set. */
	static String state(TieKind kind, String owner) {
		return of(kind, owner) + ":state";
	}

	/** The key of a set that is not complete yet. */
	static String unfinished(TieKind kind, String owner) {
		return of(kind, owner) + ":new";
	}

}
