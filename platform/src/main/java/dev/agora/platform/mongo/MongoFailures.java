package dev.agora.platform.mongo;

import java.time.Duration;
import java.util.Set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;

import dev.agora.platform.problem.Unavailable;

/** Tells what a failure of MongoDB means to the caller. */
public final class MongoFailures {

	/**
	 * The server takes no writes for a while: its disk is full, or its operator said so.
	 */
	private static final Set<Integer> WRITES_REFUSED = Set.of(14031, 371);

	private MongoFailures() {
	}

	/** A server that is away is a 503 that may be tried again, not a fault of ours. */
	public static Throwable toProblem(Throwable failure) {
		if (failure instanceof MongoException refused && WRITES_REFUSED.contains(refused.getCode())) {
			return new Unavailable("The database takes no writes at the moment.", Duration.ofSeconds(5));
		}
		return isAway(failure) ? new Unavailable("The database cannot be reached.", Duration.ofSeconds(1)) : failure;
	}

	/** Whether there is a document with this id already. */
	public static boolean isDuplicate(Throwable failure) {
		return (failure instanceof MongoWriteException write
				&& write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY)
				|| (failure instanceof MongoCommandException command
						&& ErrorCategory.fromErrorCode(command.getErrorCode()) == ErrorCategory.DUPLICATE_KEY);
	}

	/** Whether the server cannot be reached, or not as one that takes writes. */
	static boolean isAway(Throwable failure) {
		return failure instanceof MongoTimeoutException || failure instanceof MongoSocketException
				|| failure instanceof MongoNotPrimaryException || failure instanceof MongoNodeIsRecoveringException
				|| failure instanceof MongoConnectionPoolClearedException
				|| failure instanceof MongoWriteConcernException
				|| (failure instanceof MongoException exception && exception.hasErrorLabel("RetryableWriteError"));
	}

}
