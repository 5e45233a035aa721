package dev.agora.platform.web;

import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.problem.InvalidRequest;

/** How fresh the answer to a read must be, as the header {@code Consistency} asks. */
public enum Consistency {

	/** Any copy will do. */
	EVENTUAL,

	/** Never older than what the caller has written. */
	SESSION,

	/** The primary copy, never a cache. */
	STRONG;

	/** The request header. */
	public static final String HEADER = "Consistency";

	/**
	 * Reads the header.
	 * @param header its value, or null where the client sent none
	 * @throws InvalidRequest if it is none of the three
	 */
	public static Consistency parse(@Nullable String header) {
		if (header == null) {
			return SESSION;
		}
		for (Consistency level : values()) {
			if (level.name().toLowerCase(Locale.ROOT).equals(header)) {
				return level;
			}
		}
		throw InvalidRequest.field(HEADER, "must be eventual, session or strong");
	}

	/**
	 * Whether a copy of one object may answer this caller. Somebody without a session has
	 * written nothing, so for them {@code session} asks for no more than
	 * {@code eventual}; a member is given the source of truth.
	 */
	public boolean allowsCopy(Optional<Caller> caller) {
		return this == EVENTUAL || (this == SESSION && caller.isEmpty());
	}

}
