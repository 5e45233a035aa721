package dev.agora.platform.web;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ETag;

import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.PreconditionFailed;

/**
 * Which version of an object a request is about, as the header {@code If-Match} says. A
 * handler that takes an {@code IfMatch} refuses requests without it (428); one that takes
 * an {@code Optional} heeds it where it is sent.
 *
 * @param tags the entity tags, of which one must be that of the object
 */
public record IfMatch(List<ETag> tags) {

	/** The request header. */
	public static final String HEADER = "If-Match";

	/**
	 * Reads the header.
	 * @param header its value, or null where the client sent none
	 * @throws InvalidRequest if there is no entity tag in it
	 */
	public static Optional<IfMatch> parse(@Nullable String header) {
		if (header == null) {
			return Optional.empty();
		}
		List<ETag> tags = ETag.parse(header);
		if (tags.isEmpty()) {
			throw InvalidRequest.field(HEADER, "must be the ETag of what is to be changed, as in \"1\"");
		}
		return Optional.of(new IfMatch(tags));
	}

	/**
	 * Refuses the request unless it is about this version. To be called where the change
	 * is decided, so that no other change comes between.
	 * @throws PreconditionFailed if it is about another
	 */
	public void require(long version) {
		ETag there = new ETag(Long.toString(version), false);
		if (this.tags.stream().noneMatch((tag) -> tag.isWildcard() || tag.compare(there, true))) {
			throw PreconditionFailed.failed(HEADER);
		}
	}

}
