package dev.agora.platform.mongo;

import java.time.Duration;

import com.mongodb.MongoCommandException;
import com.mongodb.ServerAddress;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;

class MongoFailuresTests {

	@ParameterizedTest
	@ValueSource(ints = { 14031, 371 })
	void mapsAServerThatAcceptsNoWritesToUnavailable(int code) {
		BsonDocument response = new BsonDocument("ok", new BsonInt32(0)).append("code", new BsonInt32(code))
			.append("errmsg", new BsonString("the disk is full"));
		Throwable problem = MongoFailures.toProblem(new MongoCommandException(response, new ServerAddress()));
		assertThat(problem).isInstanceOfSatisfying(Unavailable.class,
				(unavailable) -> assertThat(unavailable.retryAfter()).isEqualTo(Duration.ofSeconds(5)));
	}

}
