package dev.agora.launcher.mongo.index;

import java.util.Collection;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/** An index that can narrow down where the documents of a query are. */
public interface CandidateIndex {

	/**
	 * Names the positions at which a query can have matches.
	 * @param query the whole query
	 * @return the positions, or {@code null} if this index is of no help
	 */
	@Nullable Collection<Object> candidates(Document query);

	/**
	 * Whether the query asks for single values, which narrows more than a range does.
	 * @param query the whole query
	 * @return {@code true} for an equality or {@code $in} on the indexed field
	 */
	boolean isExact(Document query);

}
