// The products that take a page's time, four numbers at a time, for WebAssembly.
//
// Beside `plainProduct` of products.js and `plainMultiply` of multiply.js, which are the
// same in plain loops. What a compiler makes of this file lies in products_wasm.js:
//
//     .venv/bin/python -m tests.web.compile_products
//
// Nothing is kept in memory, neither data nor a stack: JavaScript lays out all of it.

#include <stdint.h>
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define INLINE static inline __attribute__((always_inline))
#define UNROLLED _Pragma("clang loop unroll(full)") for
/** Work a value out here and now: compilers look ahead, and run out of registers. */
#define NOW(value) __asm__ volatile("" : "+r"(value))

typedef float four __attribute__((vector_size(16), aligned(4)));

INLINE four load(const float *from) { return *(const four *)from; }
INLINE void store(float *to, four numbers) { *(four *)to = numbers; }
INLINE four splat(float number) { return (four){number, number, number, number}; }
INLINE float sum_of(four a) { return a[0] + a[1] + a[2] + a[3]; }

/** sum + a * b, by one instruction in the build for browsers that have it. */
INLINE four add_product(four sum, four a, four b) {
#ifdef __wasm_relaxed_simd__
  return (four)wasm_f32x4_relaxed_madd((v128_t)a, (v128_t)b, (v128_t)sum);
#else
  return sum + a * b;
#endif
}

// x @ weight.T: out[row, o] is the sum over i of x[row, i] * weight[o, i]. There are
// multiples of four of outputs and inputs.

/** Four outputs of `rows` rows, each row of out `next` numbers behind the other. */
INLINE void four_outputs(const int rows, const float *x, const float *weight,
                         float *out, int next, int inputs) {
  four sums[2][4] = {0};
  for (int i = 0; i < inputs; i += 4)
    UNROLLED (int o = 0; o < 4; o++)
      UNROLLED (int row = 0; row < rows; row++)
        sums[row][o] = add_product(sums[row][o], load(weight + o * inputs + i),
                                   load(x + row * inputs + i));
  UNROLLED (int row = 0; row < rows; row++)
    UNROLLED (int o = 0; o < 4; o++) out[row * next + o] = sum_of(sums[row][o]);
}

static __attribute__((noinline)) void product(const float *x, const float *weight,
                                              float *out, int rows, int outputs,
                                              int next, int inputs) {
  for (int o = 0; o < outputs; o += 4, weight += 4 * inputs) {
    int row = 0;
    for (; row + 2 <= rows; row += 2)
      four_outputs(2, x + row * inputs, weight, out + row * next + o, next, inputs);
    if (row < rows)
      four_outputs(1, x + row * inputs, weight, out + row * next + o, next, inputs);
  }
}

EXPORT("F32")
void f32(const float *x, const float *weight, float *out, int rows, int outputs,
         int inputs) {
  product(x, weight, out, rows, outputs, outputs, inputs);
}

// The same with weights in blocks of 32, as in llama.cpp's ggml/src/ggml-common.h.
// Q4_1: a scale and a lowest number as float16, then 16 bytes, whose lower halves are
// the first 16 numbers; a weight is number * scale + lowest. Q8_0: a scale as float16,
// then 32 signed bytes; a weight is number * scale.

enum kind { Q4_1, Q8_0 };
#define BYTES(kind) (kind == Q4_1 ? 20 : 34)

/** Four float16, each in the upper half of 32 bits. A float32 has three more bits for
 * the exponent: what is moved there is too small by 2 ** 112.
 */
INLINE four from_halves(v128_t halves) {
  v128_t kept = wasm_i32x4_const_splat((int)0x8fffe000);
  return (four)wasm_v128_and(wasm_i32x4_shr(halves, 3), kept) * splat(0x1p112f);
}

/** The 32 numbers of a block, before they are scaled. */
INLINE void numbers_of(const enum kind kind, const uint8_t *block, four to[8]) {
  v128_t eights[4];
  if (kind == Q4_1) {
    v128_t pairs = wasm_v128_load(block + 4), low_half = wasm_i8x16_const_splat(15);
    v128_t first = wasm_v128_and(pairs, low_half);
    v128_t second = wasm_v128_and(wasm_u16x8_shr(pairs, 4), low_half);
    eights[0] = wasm_u16x8_extend_low_u8x16(first);
    eights[1] = wasm_u16x8_extend_high_u8x16(first);
    eights[2] = wasm_u16x8_extend_low_u8x16(second);
    eights[3] = wasm_u16x8_extend_high_u8x16(second);
  } else {
    UNROLLED (int i = 0; i < 4; i++) eights[i] = wasm_i16x8_load8x8(block + 2 + 8 * i);
  }
  UNROLLED (int i = 0; i < 4; i++) {
    v128_t low = wasm_i32x4_extend_low_i16x8(eights[i]);
    v128_t high = wasm_i32x4_extend_high_i16x8(eights[i]);
    to[2 * i] = (four)wasm_f32x4_convert_i32x4(low);
    to[2 * i + 1] = (four)wasm_f32x4_convert_i32x4(high);
  }
}

/** One row of x. A block's sum is scaled as a whole: sum(x * (number * scale + lowest))
 * is sum(x * number) * scale + sum(x) * lowest. `sums` has room for those of x.
 */
INLINE void one_row(const enum kind kind, const float *x, const uint8_t *weight,
                    float *out, int outputs, int inputs, float *sums) {
  int blocks = inputs / 32, width = blocks * BYTES(kind);
  for (int b = 0; kind == Q4_1 && b < blocks; b++) {
    four sum = {0};
    for (int i = 0; i < 32; i += 4) sum += load(x + 32 * b + i);
    sums[b] = sum_of(sum);
  }
  for (int o = 0; o < outputs; o += 4) {
    const uint8_t *block[4];
    UNROLLED (int r = 0; r < 4; r++) block[r] = weight + (o + r) * width;
    four lowest = {0}, totals[4] = {0};
    for (int b = 0; b < blocks; b++) {
      v128_t heads = wasm_i32x4_const_splat(0);
      if (kind == Q4_1) {
        heads = wasm_v128_load32_lane(block[0], heads, 0);
        heads = wasm_v128_load32_lane(block[1], heads, 1);
        heads = wasm_v128_load32_lane(block[2], heads, 2);
        heads = wasm_v128_load32_lane(block[3], heads, 3);
        lowest = add_product(lowest, from_halves(heads), splat(sums[b]));
        heads = wasm_i32x4_shl(heads, 16);
      } else {
        heads = wasm_v128_load16_lane(block[0], heads, 1);
        heads = wasm_v128_load16_lane(block[1], heads, 3);
        heads = wasm_v128_load16_lane(block[2], heads, 5);
        heads = wasm_v128_load16_lane(block[3], heads, 7);
      }
      four scales = from_halves(heads);
      NOW(scales);
      UNROLLED (int r = 0; r < 4; r++) {
        const float *own = x + 32 * b;
        NOW(own);
        four numbers[8], sum = {0};
        numbers_of(kind, block[r], numbers);
        UNROLLED (int i = 0; i < 8; i++) {
          sum = add_product(sum, numbers[i], load(own + 4 * i));
          NOW(sum);
        }
        totals[r] = add_product(totals[r], splat(scales[r]), sum);
        block[r] += BYTES(kind);
      }
    }
    UNROLLED (int r = 0; r < 4; r++) out[o + r] = lowest[r] + sum_of(totals[r]);
  }
}

/** Blocks worked out to weights. */
INLINE void unpack(const enum kind kind, const uint8_t *block, float *to, int blocks) {
  for (; blocks; blocks--, block += BYTES(kind), to += 32) {
    v128_t head = wasm_v128_load32_splat(block);
    four scale = from_halves(wasm_i32x4_shl(head, 16)), numbers[8];
    four lowest = kind == Q4_1 ? from_halves(head) : splat(0);
    numbers_of(kind, block, numbers);
    UNROLLED (int i = 0; i < 8; i++) store(to + 4 * i, numbers[i] * scale + lowest);
  }
}

/** Rows of x; of more than two, weights are worked out to be used for all. `desk` has
 * room for four rows of them.
 */
INLINE void block_product(const enum kind kind, const float *x, const uint8_t *weight,
                          float *out, int rows, int outputs, int inputs, float *desk) {
  if (rows > 2) {
    for (int o = 0; o < outputs; o += 4) {
      unpack(kind, weight + o * (inputs / 32 * BYTES(kind)), desk, 4 * inputs / 32);
      product(x, desk, out + o, rows, 4, outputs, inputs);
    }
  } else {
    for (; rows; rows--, x += inputs, out += outputs)
      one_row(kind, x, weight, out, outputs, inputs, desk);
  }
}

#define FOR_KIND(kind)                                                                \
  EXPORT(#kind)                                                                       \
  void product_##kind(const float *x, const uint8_t *weight, float *out, int rows,    \
                      int outputs, int inputs, float *desk) {                         \
    block_product(kind, x, weight, out, rows, outputs, inputs, desk);                 \
  }                                                                                   \
  EXPORT("unpack_" #kind)                                                             \
  void unpack_##kind(const uint8_t *block, float *to, int blocks) {                   \
    unpack(kind, block, to, blocks);                                                  \
  }
FOR_KIND(Q4_1)
FOR_KIND(Q8_0)

// `Multiply` of `multiply.js`. Some rows and columns of out stay in registers until
// their sums are done, so that each number which is read is used several times.

/** How matrices lie: numbers from one row to the next, and within a row of left. */
struct steps {
  int out, left, along, right;
};

INLINE void tile(const int rows, const int fours, float *out, const float *left,
                 const float *right, int inner, struct steps by, int is_added) {
  four sums[4][2] = {0};
  if (is_added)
    UNROLLED (int i = 0; i < rows; i++)
      UNROLLED (int j = 0; j < fours; j++) sums[i][j] = load(out + i * by.out + 4 * j);
  for (int n = 0; n < inner; n++, left += by.along, right += by.right)
    UNROLLED (int i = 0; i < rows; i++)
      UNROLLED (int j = 0; j < fours; j++)
        sums[i][j] = add_product(sums[i][j], splat(left[i * by.left]),
                                 load(right + 4 * j));
  UNROLLED (int i = 0; i < rows; i++)
    UNROLLED (int j = 0; j < fours; j++) store(out + i * by.out + 4 * j, sums[i][j]);
}

INLINE void band(const int rows, float *out, const float *left, const float *right,
                 int columns, int inner, struct steps by, int is_added) {
  int j = 0;
  for (; j + 8 <= columns; j += 8)
    tile(rows, 2, out + j, left, right + j, inner, by, is_added);
  if (j < columns) tile(rows, 1, out + j, left, right + j, inner, by, is_added);
}

EXPORT("multiply")
void multiply(float *out, const float *left, const float *right, int rows, int columns,
              int inner, int out_by, int left_by, int along, int right_by,
              int is_added) {
  struct steps by = {out_by, left_by, along, right_by};
  for (; rows >= 4; rows -= 4, out += 4 * out_by, left += 4 * left_by)
    band(4, out, left, right, columns, inner, by, is_added);
  for (; rows; rows--, out += out_by, left += left_by)
    band(1, out, left, right, columns, inner, by, is_added);
}
