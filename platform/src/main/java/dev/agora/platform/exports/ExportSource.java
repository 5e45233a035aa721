package dev.agora.platform.exports;

import java.util.function.Function;

import reactor.core.publisher.Flux;

/**
 * Reads the records of one type that a service holds about a member, for an export. A
 * record is written as JSON; it has no secret, such as a password hash or a token.
 */
public interface ExportSource {

	/** Returns the type of the records, in lower-case words with hyphens. */
	String type();

	/**
	 * Reads the records of a member. They are read on demand, so there may be many.
	 * @param memberId the id of the member
	 */
	Flux<?> read(String memberId);

	/** Creates a source. */
	static ExportSource of(String type, Function<String, Flux<?>> records) {
		return new ExportSource() {

			@Override
			public String type() {
				return type;
			}

			@Override
			public Flux<?> read(String memberId) {
				return records.apply(memberId);
			}

		};
	}

}
