package dev.agora.platform.mongo;

import java.time.Duration;
import java.util.Set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.problem.Unavailable;

/** Classifies the failures of MongoDB. */
public final class MongoFailures {

	/**
	 * The server accepts no writes: its disk is full, or an operator has blocked writes.
	 */
	private static final Set<Integer> WRITES_REFUSED = Set.of(14031, 371);

	private MongoFailures() {
	}

	/** Maps an unavailable server to a 503 that may be retried. */
	public static Throwable toProblem(Throwable failure) {
		if (!isOfServer(failure)) {
			return failure;
		}
		return isRefused(failure)
				? new Unavailable("The database accepts no writes at the moment.", Duration.ofSeconds(5))
				: new Unavailable("The database is unavailable.", Duration.ofSeconds(1), failure);
	}

	/**
	 * Whether the server is unavailable or accepts no writes, so that other operations
	 * fail alike.
	 */
	static boolean isOfServer(Throwable failure) {
		return isUnavailable(failure) || isRefused(failure);
	}

	private static boolean isRefused(Throwable failure) {
		if (failure instanceof MongoBulkWriteException bulk) {
			return bulk.getWriteErrors().stream().map(BulkWriteError::getCode).anyMatch(WRITES_REFUSED::contains);
		}
		return failure instanceof MongoException refused && WRITES_REFUSED.contains(refused.getCode());
	}

	/**
	 * Whether a write failed only because a document with the same id exists already. Of
	 * a bulk write, all others are done.
	 */
	public static boolean isDuplicate(Throwable failure) {
		return (failure instanceof MongoWriteException write
				&& write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY)
				|| (failure instanceof MongoCommandException command
						&& ErrorCategory.fromErrorCode(command.getErrorCode()) == ErrorCategory.DUPLICATE_KEY)
				|| (failure instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() == null
						&& bulk.getWriteErrors()
							.stream()
							.allMatch((error) -> error.getCategory() == ErrorCategory.DUPLICATE_KEY));
	}

	/**
	 * Whether no server is reachable that accepts writes, also if an operation has mapped
	 * that to a problem already.
	 */
	static boolean isUnavailableOrMapped(Throwable failure) {
		@Nullable Throwable cause = (failure instanceof Unavailable) ? failure.getCause() : null;
		return isUnavailable((cause != null) ? cause : failure);
	}

	/** Whether no server is reachable that accepts writes. */
	static boolean isUnavailable(Throwable failure) {
		return failure instanceof MongoTimeoutException || failure instanceof MongoSocketException
				|| failure instanceof MongoNotPrimaryException || failure instanceof MongoNodeIsRecoveringException
				|| failure instanceof MongoConnectionPoolClearedException
				|| failure instanceof MongoWriteConcernException
				|| (failure instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null)
				|| (failure instanceof MongoException exception && exception.hasErrorLabel("RetryableWriteError"));
	}

}
