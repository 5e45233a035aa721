package dev.agora.platform.lifecycle;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a process hands over when it is told to end.
 *
 * @param delay how long it goes on serving, so that all callers notice that it is no
 * longer ready; longer than their checks are apart
 */
@ConfigurationProperties("agora.drain")
public record DrainSettings(@DefaultValue("5s") Duration delay) {
}
