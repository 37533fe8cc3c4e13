/* A step of the compiled loop in C: LSTM(UNITS) -> Dense(CLASSES, softmax), cross-entropy, Adam with Keras's defaults,
   batches of one row, TIME_STEPS time steps of one number each, float32; forward, backward and update fused by hand.

   Compiled for one network: -DTIME_STEPS, -DUNITS and -DSTATEFUL say which. The loops are such that gcc -O3 makes vectors
   of them; where sums must stay in registers, they have a vector type of gcc and clang. */

#include <math.h>
#include <string.h>

#define CLASSES 26
#define PADDED 32                     /* classes, to whole vectors; what is beyond the 26 stays zero */
#define GATES (4 * UNITS)             /* in Keras's order: input, forget, cell, output */
#define BLOCK (GATES % 64 ? 40 : 64)  /* numbers of a row that are summed up in registers at once */
#define FIRST (STATEFUL ? 0 : 1)      /* the first time step with an output before it that is not zero */

_Static_assert(GATES % BLOCK == 0, "UNITS: wanted a multiple of 10 or 16");

/* Of a member: the weights, or one of their two moments. */
struct weights {
    float lstm[2 + UNITS][GATES];     /* kernel, bias, recurrent kernel */
    float dense[1 + UNITS][PADDED];   /* bias, kernel */
};

struct state {
    float output[UNITS], cell[UNITS];
};

typedef float vector __attribute__((vector_size(32), aligned(4), may_alias)); /* eight numbers, of AVX2 */

#define INLINE static inline __attribute__((always_inline))

/* e to the x, with a relative error of some 1e-7. */
INLINE float exponential(float x)
{
    x = fminf(fmaxf(x, -87.0f), 87.0f) * 1.44269504f;
    float whole = rintf(x), part = x - whole;
    float power = 1.54035304e-4f;
    power = power * part + 1.33335581e-3f;
    power = power * part + 9.61812911e-3f;
    power = power * part + 5.55041087e-2f;
    power = power * part + 2.40226507e-1f;
    power = power * part + 6.93147181e-1f;
    power = power * part + 1.0f;
    int bits = ((int)whole + 127) << 23; /* 2 to the whole, as a float has it */
    float scale;
    memcpy(&scale, &bits, sizeof scale);
    return power * scale;
}

INLINE float sigmoid(float x)
{
    return 1.0f / (1.0f + exponential(-x));
}

INLINE float hyperbolic(float x) /* tangent */
{
    return 2.0f * sigmoid(2.0f * x) - 1.0f;
}

/* sums[j] = factors[0] rows[0][j] + factors[stride] rows[1][j] + ... of `count` rows of `width` numbers, `block` of them
   at once. */
INLINE void combine(int count, const float *factors, int stride, const float *rows, int width, int block, float *sums)
{
    for (int start = 0; start < width; start += block) {
        vector sum[BLOCK / 8];
#pragma GCC unroll 8
        for (int j = 0; j < block / 8; j++)
            sum[j] = (vector){0};
        for (int row = 0; row < count; row++) {
#pragma GCC unroll 8
            for (int j = 0; j < block / 8; j++)
                sum[j] += factors[row * stride] * *(const vector *)(rows + row * width + start + 8 * j);
        }
#pragma GCC unroll 8
        for (int j = 0; j < block / 8; j++)
            *(vector *)(sums + start + 8 * j) = sum[j];
    }
}

INLINE float dot(const float *one, const float *other, int width)
{
    float sum = 0;
    for (int j = 0; j < width; j++)
        sum += one[j] * other[j];
    return sum;
}

/* Adam's update of a row of weights and of their moments. */
INLINE void adam(const float *gradient, int width, float size, float *weight, float *mean, float *square)
{
    for (int j = 0; j < width; j++) {
        mean[j] += (gradient[j] - mean[j]) * 0.1f;
        square[j] += (gradient[j] * gradient[j] - square[j]) * 0.001f;
        weight[j] -= mean[j] * size / (sqrtf(square[j]) + 1e-7f);
    }
}

/* One training step of one member; its loss. */
INLINE float update(
    struct weights *weights, struct weights *means, struct weights *squares, struct state *state,
    const float *x, const float *y, float size)
{
    float inputs[2 + UNITS][TIME_STEPS]; /* what each row of `lstm` is multiplied with: the number, 1, the outputs */
    float gates[TIME_STEPS][GATES];      /* after their activations */
    float cells[TIME_STEPS + 1][UNITS], squashed[TIME_STEPS][UNITS];
    float outputs[1 + UNITS];            /* 1 for the bias, then those of the time step before */
    float row[GATES], scores[PADDED];

    outputs[0] = 1;
    memcpy(outputs + 1, state->output, sizeof state->output);
    memcpy(cells[0], state->cell, sizeof state->cell);
    for (int t = 0; t < TIME_STEPS; t++) {
        inputs[0][t] = x[t], inputs[1][t] = 1;
        for (int u = 0; u < UNITS; u++)
            inputs[2 + u][t] = outputs[1 + u];
        combine(t < FIRST ? 2 : 2 + UNITS, &inputs[0][t], TIME_STEPS, weights->lstm[0], GATES, BLOCK, row);
        for (int u = 0; u < UNITS; u++) {
            float in = sigmoid(row[u]), forget = sigmoid(row[UNITS + u]);
            float new = hyperbolic(row[2 * UNITS + u]), out = sigmoid(row[3 * UNITS + u]);
            float cell = forget * cells[t][u] + in * new, squash = hyperbolic(cell);
            gates[t][u] = in, gates[t][UNITS + u] = forget;
            gates[t][2 * UNITS + u] = new, gates[t][3 * UNITS + u] = out;
            cells[t + 1][u] = cell, squashed[t][u] = squash;
            outputs[1 + u] = out * squash;
        }
    }
    memcpy(state->output, outputs + 1, sizeof state->output);
    memcpy(state->cell, cells[TIME_STEPS], sizeof state->cell);

    combine(1 + UNITS, outputs, 1, weights->dense[0], PADDED, PADDED, scores);
    float largest = 0, total = 0, loss = 0, powers[PADDED], errors[PADDED] = {0};
    for (int c = 0; c < PADDED; c++)
        largest = fmaxf(largest, scores[c]);
    for (int c = 0; c < PADDED; c++)
        powers[c] = exponential(scores[c] - largest);
    for (int c = 0; c < CLASSES; c++)
        total += powers[c];
    float log_total = logf(total) + largest;
    for (int c = 0; c < CLASSES; c++) {
        errors[c] = powers[c] / total - y[c];
        loss += y[c] * (log_total - scores[c]);
    }

    /* Backward: each row of weights is read for the last time just before it is updated. */
    float to_output[UNITS], to_cell[UNITS] = {0}, deltas[TIME_STEPS][GATES];
    for (int r = 0; r < 1 + UNITS; r++) {
        if (r > 0)
            to_output[r - 1] = dot(weights->dense[r], errors, PADDED);
        for (int c = 0; c < PADDED; c++)
            row[c] = outputs[r] * errors[c];
        adam(row, PADDED, size, weights->dense[r], means->dense[r], squares->dense[r]);
    }
    for (int t = TIME_STEPS - 1; t >= 0; t--) {
        for (int u = 0; u < UNITS; u++) {
            float in = gates[t][u], forget = gates[t][UNITS + u];
            float new = gates[t][2 * UNITS + u], out = gates[t][3 * UNITS + u], squash = squashed[t][u];
            float cell = to_cell[u] + to_output[u] * out * (1 - squash * squash);
            deltas[t][u] = cell * new * in * (1 - in);
            deltas[t][UNITS + u] = cell * cells[t][u] * forget * (1 - forget);
            deltas[t][2 * UNITS + u] = cell * in * (1 - new * new);
            deltas[t][3 * UNITS + u] = to_output[u] * squash * out * (1 - out);
            to_cell[u] = cell * forget;
        }
        for (int u = 0; t > 0 && u < UNITS; u++)
            to_output[u] = dot(weights->lstm[2 + u], deltas[t], GATES);
    }
    for (int r = 0; r < 2 + UNITS; r++) {
        int from = r < 2 ? 0 : FIRST;
        combine(TIME_STEPS - from, inputs[r] + from, 1, deltas[0] + from * GATES, GATES, BLOCK, row);
        adam(row, GATES, size, weights->lstm[r], means->lstm[r], squares->lstm[r]);
    }
    return loss;
}

/* `steps` steps, after `done` others, each of all members in turn, as in the compiled loop.
   x is (steps, members, TIME_STEPS), y (steps, members, CLASSES), resets and losses (steps, members). */
void train(
    int members, int steps, int done, const float *x, const float *y, const char *resets,
    struct weights *weights, struct weights *means, struct weights *squares, struct state *states, float *losses)
{
    double decayed_mean = pow(0.9f, done), decayed_square = pow(0.999f, done);
    for (int step = 0; step < steps; step++) {
        decayed_mean *= 0.9f, decayed_square *= 0.999f;
        float size = 0.001 * sqrt(1 - decayed_square) / (1 - decayed_mean);
        for (int m = 0; m < members; m++) {
            if (!STATEFUL || *resets)
                memset(&states[m], 0, sizeof states[m]);
            *losses = update(&weights[m], &means[m], &squares[m], &states[m], x, y, size);
            x += TIME_STEPS, y += CLASSES, resets++, losses++;
        }
    }
}
