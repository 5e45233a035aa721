package dev.agora.session.password;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of password hashes.
 *
 * @param memory the memory that one hash fills
 * @param iterations the number of passes of one hash over its memory
 * @param threads the number of threads that hash
 * @param queue how many hashes may wait for a thread; more are refused, and so are those
 * that would miss their deadline
 * @param maxImportedMemory the maximum memory of one hash that was made elsewhere and is
 * imported; the heap must hold one for each thread
 */
@ConfigurationProperties("session.password")
public record PasswordSettings(@DefaultValue("19456KB") DataSize memory, @DefaultValue("2") int iterations,
		@DefaultValue("2") int threads, @DefaultValue("64") int queue,
		@DefaultValue("32MB") DataSize maxImportedMemory) {
}
