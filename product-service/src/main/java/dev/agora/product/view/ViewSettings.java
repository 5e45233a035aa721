package dev.agora.product.view;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How views of products are counted.
 *
 * @param interval the time between two writes of the views to Redis and to MongoDB; a
 * crash loses the views of that time
 * @param ttl how long Redis keeps views while MongoDB is unavailable
 * @param capacity the largest number of products whose views Redis keeps, for each of the
 * 16 keys
 */
@ConfigurationProperties("agora.views")
public record ViewSettings(@DefaultValue("2s") Duration interval, @DefaultValue("1h") Duration ttl,
		@DefaultValue("5000") int capacity) {
}
