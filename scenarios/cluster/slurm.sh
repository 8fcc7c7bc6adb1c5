#!/bin/bash
# A sweep as a Slurm array: sbatch --array=1-8 scenarios/cluster/slurm.sh sweeps/tuning.yaml /shared/out
# Each task plays its part into a folder of its own. A task that was killed or preempted is requeued, and goes on where it was.
#SBATCH --job-name=swimlab
#SBATCH --requeue
#SBATCH --open-mode=append
set -euo pipefail
sweep=${1:?name a sweep, such as sweeps/tuning.yaml}
out=${2:?name a folder that all machines share}
# Slurm copies this script elsewhere: the clone is where sbatch was called, unless SWIMLAB says otherwise.
cd "${SWIMLAB:-${SLURM_SUBMIT_DIR:-.}}"
exec node --import tsx bin/sim.ts sweep "$sweep" --shard auto --jobs "${SLURM_CPUS_PER_TASK:-1}" --out "$out/part-${SLURM_ARRAY_TASK_ID:?submit it with --array=1-N}"
