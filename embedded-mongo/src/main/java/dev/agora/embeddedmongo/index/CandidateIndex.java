package dev.agora.embeddedmongo.index;

import java.util.Collection;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/** An index that finds the documents that can match a query. */
public interface CandidateIndex {

	/**
	 * Finds the positions of all documents that can match a query.
	 * @param query the whole query
	 * @return the positions, or {@code null} if this index does not serve the query
	 */
	@Nullable Collection<Object> candidates(Document query);

	/**
	 * Whether the query compares the indexed field for equality, which usually leaves
	 * fewer candidates than a range.
	 * @param query the whole query
	 * @return {@code true} for an equality or {@code $in} on the indexed field
	 */
	boolean isExact(Document query);

}
