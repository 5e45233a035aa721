package dev.agora.console.targets;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The processes that the console shows.
 *
 * @param stateFile the file in which the launcher describes its processes; it takes
 * precedence over the names
 * @param names the management addresses of the services, such as
 * {@code feed-service=agora-feed-service:8081}; a name stands for one instance per
 * address
 */
@ConfigurationProperties("console.targets")
public record TargetSettings(@DefaultValue("") String stateFile, @DefaultValue List<String> names) {
}
