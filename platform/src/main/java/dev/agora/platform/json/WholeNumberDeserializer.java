package dev.agora.platform.json;

import java.math.BigDecimal;
import java.util.function.Function;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Accepts every notation of a whole number: {@code 3}, {@code 3.0} and {@code 3e0} are
 * equal for JSON Schema. A number out of range is refused by its digits and exponent,
 * before any number of that size is created.
 *
 * @param <N> the type of number
 */
final class WholeNumberDeserializer<N extends Number> extends StdScalarDeserializer<N> {

	private final transient Function<JsonParser, N> plain;

	private final transient Function<BigDecimal, N> exact;

	/**
	 * Creates a deserializer for a type.
	 * @param plain reads a number without fraction and exponent
	 * @param exact converts a decimal number, or throws if it is not whole
	 */
	WholeNumberDeserializer(Class<N> type, Function<JsonParser, N> plain, Function<BigDecimal, N> exact) {
		super(type);
		this.plain = plain;
		this.exact = exact;
	}

	@Override
	public N deserialize(JsonParser parser, DeserializationContext context) {
		if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
			return this.plain.apply(parser);
		}
		if (!parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
			throw context.wrongTokenException(parser, handledType(), JsonToken.VALUE_NUMBER_INT, "not a number");
		}
		BigDecimal number = parser.getDecimalValue();
		try {
			return this.exact.apply(number);
		}
		catch (ArithmeticException ex) {
			throw context.weirdNumberException(number, handledType(), "not a whole number in range");
		}
	}

}
