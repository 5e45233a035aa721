package dev.agora.platform.lifecycle;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import reactor.netty.ReactorNetty;

import static org.assertj.core.api.Assertions.assertThat;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class EventLoopsTests {

	@AfterEach
	void clear() {
		System.clearProperty(ReactorNetty.IO_WORKER_COUNT);
	}

	@Test
	void startsOneForEachCoreAndAtLeastTwo() {
		EventLoops.matchCores();
		assertThat(Integer.getInteger(ReactorNetty.IO_WORKER_COUNT))
			.isEqualTo(Math.max(2, Runtime.getRuntime().availableProcessors()));
	}

	@Test
	void keepsTheNumberOfAnOperator() {
		System.setProperty(ReactorNetty.IO_WORKER_COUNT, "7");
		EventLoops.matchCores();
		assertThat(System.getProperty(ReactorNetty.IO_WORKER_COUNT)).isEqualTo("7");
	}

}
