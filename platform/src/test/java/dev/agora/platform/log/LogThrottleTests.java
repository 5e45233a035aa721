package dev.agora.platform.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogThrottleTests {

	private final AtomicLong now = new AtomicLong();

	private final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(10), this.now::get);

	private final List<String> lines = new ArrayList<>();

	@Test
	void writesOneLineOfAKindInAnIntervalAndCountsTheOthers() {
		log("a");
		log("b");
		this.now.set(Duration.ofSeconds(9).toNanos());
		log("a");
		log("a");
		this.now.set(Duration.ofSeconds(10).toNanos());
		log("a");
		assertThat(this.lines).containsExactly("a 0", "b 0", "a 2");
	}

	private void log(String kind) {
		this.throttle.log(kind, (suppressed) -> this.lines.add(kind + " " + suppressed));
	}

}
