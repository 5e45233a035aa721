package dev.agora.gateway.balance;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import reactor.netty.channel.AbortedException;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTests {

	@Test
	void countsAConnectionThatWasJustClosedAsNotConnected() {
		assertThat(Failure.of(AbortedException.beforeSend())).isEqualTo(Failure.CONNECT_FAILED);
		assertThat(Failure.of(new AbortedException(new IOException("Broken pipe")))).isEqualTo(Failure.BROKEN);
	}

}
