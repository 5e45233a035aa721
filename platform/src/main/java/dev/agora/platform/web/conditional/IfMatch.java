package dev.agora.platform.web.conditional;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ETag;

import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.PreconditionFailed;

/**
 * The versions of an object that a request may change, by the header {@code If-Match}. A
 * handler with an {@code IfMatch} parameter refuses requests without the header (428);
 * one with an {@code Optional<IfMatch>} accepts them.
 *
 * @param tags the entity tags, one of which must match the object
 */
public record IfMatch(List<ETag> tags) {

	/** The request header. */
	public static final String HEADER = "If-Match";

	/**
	 * Parses the header.
	 * @param header the value, null if the client sent none
	 * @throws InvalidRequest if it holds no entity tag
	 */
	public static Optional<IfMatch> parse(@Nullable String header) {
		if (header == null) {
			return Optional.empty();
		}
		List<ETag> tags = ETag.parse(header);
		if (tags.isEmpty()) {
			throw InvalidRequest.field(HEADER, "must be the ETag of the object to change, as in \"1\"");
		}
		return Optional.of(new IfMatch(tags));
	}

	/**
	 * Requires that the request may change a version. The caller must do so within the
	 * compare-and-set of the change, so that no other change comes between.
	 * @throws PreconditionFailed if the request names other versions
	 */
	public void require(long version) {
		ETag current = new ETag(Long.toString(version), false);
		if (this.tags.stream().noneMatch((tag) -> tag.isWildcard() || tag.compare(current, true))) {
			throw PreconditionFailed.failed(HEADER);
		}
	}

	/**
	 * Requires that the request may change an edition: the number before the first dot of
	 * a tag, as in {@code "3.5e1f"}. The rest of the tag also depends on changes that
	 * conflict with none of the caller's, so it is not compared. The caller must do so
	 * within the compare-and-set of the change.
	 * @throws PreconditionFailed if the request names other editions
	 */
	public void requireEdition(long edition) {
		String current = Long.toString(edition);
		if (this.tags.stream().noneMatch((tag) -> tag.isWildcard() || (!tag.weak() && current.equals(edition(tag))))) {
			throw PreconditionFailed.failed(HEADER);
		}
	}

	private static String edition(ETag tag) {
		int dot = tag.tag().indexOf('.');
		return (dot < 0) ? tag.tag() : tag.tag().substring(0, dot);
	}

}
