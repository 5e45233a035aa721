package dev.agora.session.password;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a password's hash costs, and how many are made at a time.
 *
 * @param memory that one hash fills
 * @param iterations over that memory
 * @param threads that hash, apart from the event loops
 * @param queue how many may wait for a thread; more are refused, and so are those that
 * would wait beyond their deadline
 */
@ConfigurationProperties("session.password")
public record PasswordSettings(@DefaultValue("19456KB") DataSize memory, @DefaultValue("2") int iterations,
		@DefaultValue("2") int threads, @DefaultValue("64") int queue) {
}
