package dev.agora.platform.web;

import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.problem.InvalidRequest;

/** The freshness that a client requires of a read, by the header {@code Consistency}. */
public enum Consistency {

	/** A cached copy or a projection may serve the read. */
	EVENTUAL,

	/** The response is never older than the writes of the client's token. */
	SESSION,

	/** The system of record serves the read, never a cache. */
	STRONG;

	/** The request header. */
	public static final String HEADER = "Consistency";

	private static final String ATTRIBUTE = Consistency.class.getName();

	/**
	 * Parses the header.
	 * @param header the value, null if the client sent none
	 * @throws InvalidRequest if it is not one of the three levels
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
	 * Returns the level at which a request is served: the requested one, or
	 * {@code STRONG} while copies lack a write of the client's token.
	 */
	public static Consistency of(ServerWebExchange exchange) {
		Consistency level = exchange.getAttribute(ATTRIBUTE);
		return (level != null) ? level : parse(exchange.getRequest().getHeaders().getFirst(HEADER));
	}

	void putInto(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, this);
	}

	/**
	 * Returns whether a copy of one object may serve the read of a caller. An anonymous
	 * caller has written nothing, so {@code session} requires no more than
	 * {@code eventual}; a member reads the system of record.
	 */
	public boolean allowsCopy(Optional<Caller> caller) {
		return this == EVENTUAL || (this == SESSION && caller.isEmpty());
	}

}
