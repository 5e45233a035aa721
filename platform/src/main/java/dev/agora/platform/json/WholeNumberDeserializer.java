package dev.agora.platform.json;

import java.math.BigDecimal;
import java.util.function.Function;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Takes every way to write a whole number: {@code 3}, {@code 3.0} and {@code 3e0} are the
 * same to JSON Schema. What is out of range is refused by the digits and the exponent,
 * before any number of that size is made.
 *
 * @param <N> the type of number
 */
final class WholeNumberDeserializer<N extends Number> extends StdScalarDeserializer<N> {

	private final transient Function<JsonParser, N> plain;

	private final transient Function<BigDecimal, N> exact;

	/**
	 * Makes one for a type.
	 * @param plain reads a number without fraction and exponent
	 * @param exact makes one of a decimal that is whole
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
