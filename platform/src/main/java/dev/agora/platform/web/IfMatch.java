package dev.agora.platform.web;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ETag;

import dev.agora.platform.problem.Precondition;
import dev.agora.platform.problem.Rejected;

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
	 * @throws Rejected if there is no entity tag in it
	 */
	public static Optional<IfMatch> parse(@Nullable String header) {
		if (header == null) {
			return Optional.empty();
		}
		List<ETag> tags = ETag.parse(header);
		if (tags.isEmpty()) {
			throw Rejected.field(HEADER, "must be the ETag of what is to be changed, as in \"1\"");
		}
		return Optional.of(new IfMatch(tags));
	}

	/**
	 * Refuses the request unless it is about this version. To be called where the change
	 * is decided, so that no other change comes between.
	 * @throws Precondition if it is about another
	 */
	public void require(long version) {
		ETag there = new ETag(Long.toString(version), false);
		if (this.tags.stream().noneMatch((tag) -> tag.isWildcard() || tag.compare(there, true))) {
			throw Precondition.failed(HEADER);
		}
	}

}
