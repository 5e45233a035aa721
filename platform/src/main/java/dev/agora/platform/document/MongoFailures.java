package dev.agora.platform.document;

import java.time.Duration;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;

import dev.agora.platform.problem.Unavailable;

/** Tells what a failure of MongoDB means to the caller. */
public final class MongoFailures {

	private MongoFailures() {
	}

	/** A server that is away is a 503 that may be tried again, not a fault of ours. */
	public static Throwable toProblem(Throwable failure) {
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
